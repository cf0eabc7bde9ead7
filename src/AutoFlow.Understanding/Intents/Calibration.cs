namespace AutoFlow.Understanding.Intents;

/// <summary>What the model said of a text that it had not seen in training.</summary>
/// <param name="Scores">Raw scores by label.</param>
/// <param name="Label">The right label's index.</param>
/// <param name="Language">Of the seed.</param>
public sealed record HeldOut(float[] Scores, int Label, string Language);

/// <summary>Makes probabilities honest: a temperature that fits held-out texts, and the threshold below which the model abstains.</summary>
public static class Calibration
{
    /// <summary>The temperature with the least log loss on held-out scores (golden section search between 0.05 and 5).</summary>
    public static double Temperature(IReadOnlyList<HeldOut> heldOut)
    {
        if (heldOut.Count == 0) return 1;
        var (low, high) = (Math.Log(0.05), Math.Log(5));
        var golden = (Math.Sqrt(5) - 1) / 2;
        for (var i = 0; i < 40; i++)
        {
            var left = high - (golden * (high - low));
            var right = low + (golden * (high - low));
            if (LogLoss(heldOut, Math.Exp(left)) < LogLoss(heldOut, Math.Exp(right))) high = right;
            else low = left;
        }
        return Math.Exp((low + high) / 2);
    }

    /// <summary>The lowest threshold at which the predictions above it are right with at least <paramref name="precision"/>.</summary>
    /// <param name="abstainLabel">Index of the label that is never acted on; it does not count as a prediction. -1 for none.</param>
    /// <returns>Between 0 and 1; 0.95 when the precision is never reached.</returns>
    public static double Threshold(IReadOnlyList<HeldOut> heldOut, double temperature, double precision, int abstainLabel)
    {
        var answers = heldOut.Select(h => Best(h, temperature)).Where(b => b.Label != abstainLabel).OrderByDescending(b => b.Probability).ToList();
        var (right, threshold) = (0, 0.95);
        for (var i = 0; i < answers.Count; i++)
        {
            if (answers[i].Right) right++;
            if ((double)right / (i + 1) >= precision && i >= 20) threshold = answers[i].Probability;
        }
        return threshold;
    }

    /// <summary>The first guess for a held-out text.</summary>
    public static (int Label, double Probability, bool Right) Best(HeldOut text, double temperature)
    {
        Span<double> odds = stackalloc double[text.Scores.Length];
        LinearModel.Softmax(text.Scores, temperature, odds);
        var best = 0;
        for (var k = 1; k < odds.Length; k++)
            if (odds[k] > odds[best]) best = k;
        return (best, odds[best], best == text.Label);
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
}
