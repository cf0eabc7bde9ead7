using AutoFlow.Understanding.Intents;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Understanding.Tests;

public class ConfidenceTests
{
    [Fact]
    public void Without_texts_it_says_what_the_softmax_said()
    {
        var confidence = Confidence.Fit([]);
        Assert.Equal(0.8, confidence.Of(new Evidence(0.8, 0.1, 3, 0, 1)), 6);
    }

    [Fact]
    public void It_learns_how_often_the_best_label_is_right()
    {
        // Of those it calls 0.9, seven in ten are right; of those it calls 0.5, three in ten.
        var heldOut = Enumerable.Range(0, 2000).Select(i => i % 2 == 0
            ? (new Evidence(0.9, 0.05, 4, 0, 1), i % 20 < 14, 1.0)
            : (new Evidence(0.5, 0.4, 1, 0, 0.6), i % 20 < 6, 1.0)).ToList();
        var confidence = Confidence.Fit(heldOut);
        Assert.Equal(0.7, confidence.Of(new Evidence(0.9, 0.05, 4, 0, 1)), 2);
        Assert.Equal(0.3, confidence.Of(new Evidence(0.5, 0.4, 1, 0, 0.6)), 2);
    }

    [Fact]
    public void Texts_that_are_all_right_or_all_wrong_give_no_endless_weights()
    {
        foreach (var right in (bool[])[true, false])
        {
            var confidence = Confidence.Fit([.. Enumerable.Range(0, 50).Select(i => (new Evidence(0.9, 0.05, i, 0, 1), right, 1.0))]);
            Assert.All(confidence.Weights, weight => Assert.True(Math.Abs(weight) < 100, $"{weight}"));
            Assert.Equal(right, confidence.Of(new Evidence(0.9, 0.05, 25, 0, 1)) > 0.5);
        }
    }

    [Fact]
    public void A_probability_lies_between_0_and_1_whatever_the_evidence() => Prop.ForAll<byte, int, byte>((best, score, known) =>
    {
        var confidence = Confidence.Fit([(new Evidence(0.9, 0.05, 3, 0.01, 1), true, 1), (new Evidence(0.4, 0.3, 1, 0.2, 0.2), false, 1)]);
        return confidence.Of(new Evidence(best / 255.0, best / 600.0, score, known / 255.0, known / 255.0)) is >= 0 and <= 1;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_threshold_is_the_lowest_that_keeps_the_precision()
    {
        // 100 texts, the surer the more often right: the upper 60 all right, then every second.
        var heldOut = Enumerable.Range(0, 100).Select(i => (new Scored([1 - (i / 200.0), 0], 0), i < 60 || i % 2 == 0 ? 0 : 1)).ToList();
        var threshold = Calibration.FitThreshold(heldOut, negative: -1, precision: 0.9);
        var acted = heldOut.Where(h => h.Item1.Probability >= threshold).ToList();
        Assert.InRange(acted.Count(h => h.Item2 == 0) / (double)acted.Count, 0.9, 0.92);
        Assert.InRange(acted.Count, 70, 80);
        Assert.Equal(0.95, Calibration.FitThreshold([.. heldOut.Select(h => (h.Item1, 1))], -1, 0.9));
    }
}
