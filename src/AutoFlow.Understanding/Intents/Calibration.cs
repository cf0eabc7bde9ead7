namespace AutoFlow.Understanding.Intents;

/// <summary>What a linear model said of a text that it had not seen in training.</summary>
/// <param name="Scores">Raw scores by label.</param>
/// <param name="Known">Share of the text's features that the training texts had, 0 to 1.</param>
/// <param name="Label">The right label's index, or <see cref="OutsideLabel"/>.</param>
/// <param name="Language">Of the text.</param>
public sealed record HeldOut(float[] Scores, float Known, int Label, string Language)
{
    /// <summary>Of a text that is about none of the labels.</summary>
    public const int OutsideLabel = -1;
}

/// <summary>A text's labels after calibration.</summary>
/// <param name="Probabilities">By label, each 0 to 1. What they lack to 1 is that none of them is right.</param>
/// <param name="Best">Index of the most probable label.</param>
public readonly record struct Scored(double[] Probabilities, int Best)
{
    /// <summary>The best label's probability.</summary>
    public double Probability => Probabilities[Best];

    /// <summary>Index of the second label; -1 when there is only one.</summary>
    public int Second
    {
        get
        {
            var second = -1;
            for (var k = 0; k < Probabilities.Length; k++)
                if (k != Best && (second < 0 || Probabilities[k] > Probabilities[second])) second = k;
            return second;
        }
    }
}

/// <summary>Makes raw scores honest probabilities, and says from which on a model acts. All of it is fitted on held-out texts.</summary>
/// <param name="Temperature">Above 1 the softmax is made less sure (Guo and others, 2017).</param>
/// <param name="Right">How sure the best label is, if the text is about one of the labels at all.</param>
/// <param name="Within">How sure it is that the text is about one of the labels.</param>
/// <param name="Joint">How sure both make the best label.</param>
/// <param name="Threshold">Below this probability the model abstains.</param>
public sealed record Calibration(double Temperature, Confidence Right, Confidence Within, Confidence Joint, double Threshold)
{
    /// <summary>How much texts about something else weigh against all others. Customers write fewer, but a wrong answer to one costs more.</summary>
    private const double OutsideShare = 0.3;

    private const double HighestThreshold = 0.95;

    /// <summary>So many predictions must stand above a threshold before their precision says anything.</summary>
    private const int FewestActed = 20;

    /// <summary>Fits all three.</summary>
    /// <param name="negative">Index of the label that is never acted on; -1 for none.</param>
    /// <param name="precision">Share of what is acted on that should be right, 0 to 1.</param>
    public static Calibration Fit(IReadOnlyList<HeldOut> heldOut, int negative, double precision)
    {
        var temperature = FitTemperature([.. heldOut.Where(text => text.Label >= 0)]);
        var unsure = new Calibration(temperature, Confidence.Fit([]), Confidence.Sure, Confidence.Fit([]), 0);
        var lessons = heldOut.Select(text =>
        {
            var odds = unsure.Softmax(text.Scores);
            var best = Top(odds);
            return (Evidence: EvidenceOf(text.Scores, odds, best, text.Known, negative), Best: best, text.Label);
        }).ToList();
        var right = Confidence.Fit([.. lessons.Where(l => l.Label >= 0 && l.Label != negative && l.Best != negative).Select(l => (l.Evidence, l.Best == l.Label, 1.0))]);
        var outside = lessons.Where(l => l.Label < 0 || l.Label == negative).Select(l => l.Evidence).ToList();
        var within = outside.Count == 0 ? Confidence.Sure : Confidence.Fit([
            .. lessons.Where(l => l.Label >= 0 && l.Label != negative).Select(l => (l.Evidence, true, 1.0)),
            .. outside.Select(evidence => (evidence, false, OutsideShare * heldOut.Count / outside.Count))]);
        // Together they rank well; how sure they may be is fitted once more, on the texts as they come.
        var joint = new Calibration(temperature, right, within, Confidence.Fit([]), 0);
        var fitted = joint with
        {
            Joint = Confidence.Fit([.. lessons.Where(l => l.Label >= 0 && l.Best != negative).Select(l => (Certainty(joint.Ranked(l.Evidence)), l.Best == l.Label, 1.0))]),
        };
        return fitted with { Threshold = FitThreshold([.. heldOut.Where(text => text.Label >= 0).Select(text => (fitted.Read(text.Scores, text.Known, negative), text.Label))], negative, precision) };
    }

    /// <summary>The calibrated labels of a text's raw scores.</summary>
    public Scored Read(ReadOnlySpan<float> scores, float known, int negative)
    {
        var odds = Softmax(scores);
        var best = Top(odds);
        var evidence = EvidenceOf(scores, odds, best, known, negative);
        var sure = best == negative ? odds[best] : Joint.Of(Certainty(Ranked(evidence)));
        // The others keep their proportion to the best.
        var scale = sure / Math.Max(odds[best], 1e-9);
        for (var k = 0; k < odds.Length; k++) odds[k] = Math.Min(odds[k] * scale, sure);
        return new Scored(odds, best);
    }

    /// <summary>The lowest threshold above which predictions are right with at least <paramref name="precision"/>; 0.95 when that is never reached.</summary>
    public static double FitThreshold(IReadOnlyList<(Scored Scored, int Label)> heldOut, int negative, double precision)
    {
        var (right, acted, threshold) = (0, 0, HighestThreshold);
        foreach (var (scored, label) in heldOut.Where(h => h.Scored.Best != negative).OrderByDescending(h => h.Scored.Probability))
        {
            acted++;
            if (scored.Best == label) right++;
            if (acted >= FewestActed && (double)right / acted >= precision) threshold = scored.Probability;
        }
        return threshold;
    }

    // The least log loss, by golden section search between 0.05 and 5.
    private static double FitTemperature(IReadOnlyList<HeldOut> heldOut)
    {
        if (heldOut.Count == 0) return 1;
        var (low, high) = (Math.Log(0.05), Math.Log(5));
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < 30; i++)
        {
            var left = high - (golden * (high - low));
            var right = low + (golden * (high - low));
            if (LogLoss(heldOut, Math.Exp(left)) < LogLoss(heldOut, Math.Exp(right))) high = right;
            else low = left;
        }
        return Math.Exp((low + high) / 2);
    }

    private static double LogLoss(IReadOnlyList<HeldOut> heldOut, double temperature)
    {
        var sum = 0.0;
        Span<double> odds = stackalloc double[heldOut[0].Scores.Length];
        foreach (var text in heldOut)
        {
            LinearModel.Softmax(text.Scores, temperature, odds);
            sum -= Math.Log(Math.Max(odds[text.Label], 1e-12));
        }
        return sum / heldOut.Count;
    }

    private double Ranked(Evidence evidence) => Right.Of(evidence) * Within.Of(evidence);

    private static Evidence Certainty(double probability) => new(probability, probability, 0, 0, 0);

    private double[] Softmax(ReadOnlySpan<float> scores)
    {
        var odds = new double[scores.Length];
        LinearModel.Softmax(scores, Temperature, odds);
        return odds;
    }

    private static Evidence EvidenceOf(ReadOnlySpan<float> scores, double[] odds, int best, float known, int negative)
    {
        var second = 0.0;
        for (var k = 0; k < odds.Length; k++)
            if (k != best) second = Math.Max(second, odds[k]);
        return new Evidence(odds[best], second, scores[best], negative >= 0 ? odds[negative] : 0, known);
    }

    private static int Top(double[] odds)
    {
        var top = 0;
        for (var k = 1; k < odds.Length; k++)
            if (odds[k] > odds[top]) top = k;
        return top;
    }
}
