using System.Text.Json;
using AutoFlow.Understanding.Evaluation;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class EvaluationTests
{
    private static Prediction P(string expected, string label, double probability, bool abstained = false, string language = "en") => new(expected, label, probability, abstained, language);

    [Fact]
    public void Shares_are_counted_by_label()
    {
        var report = EvaluationReport.Of("v", ["a", "b"], [P("a", "a", 0.9), P("a", "b", 0.6), P("b", "b", 0.8), P("b", "b", 0.7, abstained: true), P("c", "a", 0.2, abstained: true)]);
        Assert.Equal(0.6, report.Accuracy);
        Assert.Equal(new LabelScore("a", 2, 0.5, 0.5, 0.5), report.Labels[0]);
        Assert.Equal(2 / 3.0, report.Labels[1].Precision, 9);
        Assert.Equal(1, report.Labels[1].Recall);
        Assert.Equal((0.6, 2 / 3.0), (report.Acted, report.ActedPrecision));
        Assert.Equal([new Confusion("a", "b", 1), new Confusion("c", "a", 1)], report.Confusions);
        Assert.Equal(["c"], report.UnknownLabels);
        Assert.Null(report.Outside);
    }

    [Fact]
    public void Honest_probabilities_have_no_calibration_error_and_proud_ones_have()
    {
        var honest = Enumerable.Range(0, 100).Select(i => P("a", i < 70 ? "a" : "b", 0.7)).ToList();
        Assert.Equal(0, EvaluationReport.Of("v", ["a", "b"], honest).CalibrationError, 9);
        Assert.Equal(0.29, EvaluationReport.Of("v", ["a", "b"], [.. honest.Select(p => p with { Probability = 0.99 })]).CalibrationError, 9);
    }

    [Fact]
    public void Texts_about_something_else_are_ranked_against_the_others()
    {
        var own = Enumerable.Range(1, 100).Select(i => P("a", "a", i / 100.0));
        var report = EvaluationReport.Of("v", ["a", "oos"], [.. own, P("oos", "oos", 0.9), P("oos", "a", 0.03), P("oos", "a", 0.5)]);
        // 1 below all, 0.03 above two and tied with one, 0.5 above 49 and tied with one.
        Assert.Equal((100 + 97.5 + 50.5) / 300, report.Outside!.Auroc, 9);
        Assert.Equal(2 / 3.0, report.Outside.RecallAt95, 9);
        Assert.Equal(1, report.AccuracyWithin);
    }

    [Fact]
    public void Out_of_scope_ranking_is_what_counting_every_pair_gives() => Prop.ForAll<(byte, bool)[]>(texts =>
    {
        var predictions = (texts ?? []).Select(t => P(t.Item2 ? "oos" : "a", "a", t.Item1 / 8 / 32.0)).ToList();
        if (!predictions.Exists(p => p.IsOutside) || predictions.TrueForAll(p => p.IsOutside)) return true;
        var pairs = predictions.Where(p => !p.IsOutside).SelectMany(own => predictions.Where(p => p.IsOutside), (own, outside) => own.Within > outside.Within ? 1 : own.Within == outside.Within ? 0.5 : 0);
        return Math.Abs(EvaluationReport.Of("v", ["a"], predictions).Outside!.Auroc - pairs.Average()) < 1e-9;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_can_be_acted_on_never_breaks_its_precision() => Prop.ForAll<(byte, bool)[]>(texts =>
    {
        var predictions = (texts ?? []).Select(t => P("a", t.Item2 ? "a" : "b", t.Item1 / 255.0)).ToList();
        if (predictions.Count == 0) return true;
        return EvaluationReport.Of("v", ["a", "b"], predictions).Coverage.All(at =>
            at.Threshold is null ? at.Coverage == 0 : at.Coverage is > 0 and <= 1 && predictions.Count(p => p.Probability > at.Threshold) <= at.Coverage * predictions.Count + 1e-9);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_report_is_told_as_a_table_and_as_JSON()
    {
        var report = EvaluationReport.Of("abc", ["a", "b"], [P("a", "a", 0.9), P("b", "a", 0.6, language: "de"), P("oos", "a", 0.1)]);
        var table = EvaluationTable.Of(report);
        Assert.Contains("model abc, 3 texts", table, StringComparison.Ordinal);
        Assert.Contains("out of scope          1 texts, AUROC  100.0 %", table, StringComparison.Ordinal);
        var json = JsonDocument.Parse(EvaluationJson.Write(report)).RootElement;
        Assert.Equal(1, json.GetProperty("outside").GetProperty("auroc").GetDouble());
        Assert.Equal(0.9, json.GetProperty("coverage")[0].GetProperty("precision").GetDouble());
        Assert.Equal("b", json.GetProperty("confusions")[0].GetProperty("expected").GetString());
    }
}
