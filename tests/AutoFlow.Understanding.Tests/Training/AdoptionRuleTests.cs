using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Training;

namespace AutoFlow.Understanding.Tests.Training;

/// <summary>The rule on models that are made up: how many of each label they get right, and how sure they are.</summary>
public class AdoptionRuleTests
{
    private static readonly string[] Labels = ["cancel_order", "order_status", "other", "refund", "return_item"];

    [Fact]
    public void A_model_is_never_worse_than_itself()
    {
        foreach (var model in Random(200))
        {
            Assert.Empty(AdoptionRule.Decide(Report(model), Report(model)));
            Assert.Empty(AdoptionRule.Decide(Report(model), Report(model), [Report(model)]));
        }
    }

    [Fact]
    public void More_right_ones_with_the_same_certainty_are_adopted()
    {
        foreach (var model in Random(200, sure: 0.9).Select(m => m.ToArray()))
        {
            var better = model.ToArray();
            // At least as many as say so are right, so that it stays calibrated.
            foreach (var wrong in Enumerable.Range(0, better.Length).Where(i => !better[i].IsRight).Take(3)) better[wrong] = better[wrong] with { Label = better[wrong].Expected };
            Assert.DoesNotContain(AdoptionRule.Decide(Report(model), Report(better)), reason => reason.Measure is "accuracyWithin" or "coverageAt90" or "actedPrecision");
        }
    }

    [Fact]
    public void A_loss_beyond_the_margin_is_refused_whatever_else_is_better()
    {
        foreach (var model in Random(200))
        {
            var before = Report(model);
            var least = before.AccuracyWithin - AdoptionRule.AccuracyMargin;
            foreach (var after in Random(5).Select(Report))
            {
                var reasons = AdoptionRule.Decide(before, after);
                Assert.Equal(after.AccuracyWithin < least - 1e-9, reasons.Any(r => r.Measure == "accuracyWithin"));
                Assert.All(reasons, reason => Assert.False(string.IsNullOrWhiteSpace(reason.Text)));
            }
        }
    }

    [Fact]
    public void Small_losses_do_not_add_up_over_many_adoptions()
    {
        var model = Random(1, texts: 1000, sure: 0.95)[0].ToArray();
        var (first, served) = (Report(model), new List<EvaluationReport>());
        var inUse = first;
        for (var step = 0; step < 100; step++)
        {
            var worse = model.ToArray();
            foreach (var right in Enumerable.Range(0, worse.Length).Where(i => worse[i].IsRight).Take(3)) worse[right] = worse[right] with { Label = "other" };
            var after = Report(worse);
            if (AdoptionRule.Decide(inUse, after, served).Count > 0) continue;
            served.Add(inUse);
            (model, inUse) = (worse, after);
        }

        Assert.True(inUse.AccuracyWithin >= first.AccuracyWithin - AdoptionRule.AccuracyMargin - 1e-9, $"{first.AccuracyWithin} to {inUse.AccuracyWithin}");
    }

    [Fact]
    public void A_label_that_collapses_is_refused_though_the_whole_is_better()
    {
        Prediction[] before = [.. Enumerable.Range(0, 200).Select(i => Of("order_status", right: i < 150)), .. Enumerable.Range(0, 20).Select(i => Of("refund", right: i < 18))];
        Prediction[] after = [.. Enumerable.Range(0, 200).Select(_ => Of("order_status", right: true)), .. Enumerable.Range(0, 20).Select(i => Of("refund", right: i < 13))];

        var reasons = AdoptionRule.Decide(Report(before), Report(after));

        Assert.Equal(["refund"], reasons.Where(r => r.Measure == "recall").Select(r => r.Label));
        Assert.DoesNotContain(reasons, r => r.Measure == "accuracyWithin");
    }

    [Fact]
    public void One_lost_text_of_a_label_that_has_few_is_no_collapse()
    {
        Prediction[] before = [.. Enumerable.Range(0, 300).Select(i => Of("order_status", right: i < 280)), Of("refund", right: true), Of("refund", right: true)];
        Prediction[] after = [.. Enumerable.Range(0, 300).Select(i => Of("order_status", right: i < 281)), Of("refund", right: true), Of("refund", right: false)];

        Assert.Empty(AdoptionRule.Decide(Report(before), Report(after)));
    }

    [Fact]
    public void A_model_that_boasts_is_refused()
    {
        Prediction[] before = [.. Enumerable.Range(0, 400).Select(i => Of("order_status", right: i < 300, probability: 0.75))];
        Prediction[] after = [.. before.Select(p => p with { Probability = 0.99 })];

        Assert.Contains(AdoptionRule.Decide(Report(before), Report(after)), r => r is { Measure: "calibrationError", Limit: AdoptionRule.CalibrationLimit });
    }

    [Fact]
    public void Models_on_different_sets_are_not_compared()
    {
        var (one, other) = (Random(1, texts: 100)[0], Random(1, texts: 101)[0]);
        Assert.Equal("texts", Assert.Single(AdoptionRule.Decide(Report(one), Report(other))).Measure);
    }

    [Fact]
    public void A_report_reads_back_as_it_was_written()
    {
        foreach (var report in Random(20).Select(Report)) Assert.Equal(EvaluationJson.Write(report), EvaluationJson.Write(EvaluationJson.Read(EvaluationJson.Write(report))));
    }

    private static List<Prediction[]> Random(int models, int texts = 300, double? sure = null)
    {
        var random = new Random(4711 + models + texts);
        return [.. Enumerable.Range(0, models).Select(_ =>
        {
            var skill = 0.3 + (random.NextDouble() * 0.7);
            return Enumerable.Range(0, texts).Select(i => Of(Labels[i % Labels.Length], random.NextDouble() < skill, sure ?? random.NextDouble(), random.NextDouble() < 0.4)).ToArray();
        })];
    }

    private static Prediction Of(string label, bool right, double probability = 0.9, bool abstained = false) =>
        new(label, right ? label : label == "order_status" ? "return_item" : "order_status", probability, abstained, "en");

    private static EvaluationReport Report(IReadOnlyList<Prediction> predictions) => EvaluationReport.Of("m", Labels, predictions);
}
