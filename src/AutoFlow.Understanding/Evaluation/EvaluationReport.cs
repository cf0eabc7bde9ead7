namespace AutoFlow.Understanding.Evaluation;

/// <summary>How a label was found. All shares are 0 to 1.</summary>
/// <param name="Texts">Texts that have the label.</param>
/// <param name="Precision">Share of the texts so called that are; 0 when none was called so.</param>
/// <param name="Recall">Share of the label's texts that were called so.</param>
/// <param name="F1">Harmonic mean of both.</param>
public sealed record LabelScore(string Label, int Texts, double Precision, double Recall, double F1);

/// <summary>How often texts of one label were taken for another.</summary>
public sealed record Confusion(string Expected, string Label, int Texts);

/// <summary>How much could be acted on if only what is above a threshold were.</summary>
/// <param name="Precision">The share of right ones that is asked for.</param>
/// <param name="Coverage">Share of all texts above the threshold; 0 when the precision is never reached.</param>
/// <param name="Threshold">The probability; null when the precision is never reached.</param>
public sealed record CoverageAt(double Precision, double Coverage, double? Threshold);

/// <summary>How well texts about something else are told from the model's own.</summary>
/// <param name="Texts">Texts about something else.</param>
/// <param name="Auroc">Chance that one of the model's own texts gets the higher probability.</param>
/// <param name="RecallAt95">Share found at the threshold at which 95 % of the model's own texts are taken.</param>
public sealed record OutsideScore(int Texts, double Auroc, double RecallAt95);

/// <summary>One language's part.</summary>
public sealed record LanguageScore(string Language, int Texts, double Accuracy, double CoverageAt90);

/// <summary>What an evaluation found. A pure function of predictions; all shares are 0 to 1.</summary>
public sealed record EvaluationReport
{
    private static readonly double[] AskedPrecisions = [0.90, 0.95, 0.98];

    /// <summary>The model's version.</summary>
    public required string Model { get; init; }

    public required int Texts { get; init; }

    /// <summary>Share of texts whose best label is right.</summary>
    public required double Accuracy { get; init; }

    /// <summary>The same without texts about something else.</summary>
    public required double AccuracyWithin { get; init; }

    /// <summary>Mean F1 of the labels.</summary>
    public required double MacroF1 { get; init; }

    /// <summary>Expected calibration error of the best label over 15 equal bins (Guo and others, 2017), without texts about something else.</summary>
    public required double CalibrationError { get; init; }

    /// <summary>Share of texts that the model does not abstain from.</summary>
    public required double Acted { get; init; }

    /// <summary>Share of right ones among them.</summary>
    public required double ActedPrecision { get; init; }

    public required IReadOnlyList<CoverageAt> Coverage { get; init; }

    /// <summary>Null when there is no text about something else.</summary>
    public required OutsideScore? Outside { get; init; }

    public required IReadOnlyList<LanguageScore> Languages { get; init; }

    /// <summary>By label, in ordinal order.</summary>
    public required IReadOnlyList<LabelScore> Labels { get; init; }

    /// <summary>Every pair that was mixed up, the most common first.</summary>
    public required IReadOnlyList<Confusion> Confusions { get; init; }

    /// <summary>Labels of the texts that the model does not have: it cannot be right there.</summary>
    public required IReadOnlyList<string> UnknownLabels { get; init; }

    /// <param name="model">The model's version.</param>
    /// <param name="labels">The model's labels.</param>
    /// <exception cref="ArgumentException">No prediction.</exception>
    public static EvaluationReport Of(string model, IReadOnlyCollection<string> labels, IReadOnlyList<Prediction> predictions)
    {
        if (predictions.Count == 0) throw new ArgumentException("An evaluation needs a text.", nameof(predictions));
        var scores = LabelScores(predictions);
        var own = predictions.Where(p => !p.IsOutside).ToList();
        var acted = predictions.Where(p => !p.Abstained).ToList();
        return new EvaluationReport
        {
            Model = model,
            Texts = predictions.Count,
            Accuracy = Share(predictions, p => p.IsRight),
            AccuracyWithin = Share(own, p => p.IsRight),
            MacroF1 = scores.Average(s => s.F1),
            CalibrationError = CalibrationErrorOf(own),
            Acted = (double)acted.Count / predictions.Count,
            ActedPrecision = Share(acted, p => p.IsRight),
            Coverage = [.. AskedPrecisions.Select(precision => CoverageOf(predictions, precision))],
            Outside = OutsideOf(own, [.. predictions.Where(p => p.IsOutside)]),
            Languages = [.. predictions.GroupBy(p => p.Language).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => new LanguageScore(g.Key, g.Count(), Share([.. g], p => p.IsRight), CoverageOf([.. g], 0.90).Coverage))],
            Labels = scores,
            Confusions = [.. predictions.Where(p => !p.IsRight).GroupBy(p => (p.Expected, p.Label))
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key.Expected, StringComparer.Ordinal).ThenBy(g => g.Key.Label, StringComparer.Ordinal)
                .Select(g => new Confusion(g.Key.Expected, g.Key.Label, g.Count()))],
            UnknownLabels = [.. predictions.Select(p => p.Expected).Distinct().Except(labels).Where(l => !Intents.IntentLabels.IsNegative(l)).Order(StringComparer.Ordinal)],
        };
    }

    private static List<LabelScore> LabelScores(IReadOnlyList<Prediction> predictions)
    {
        var called = predictions.GroupBy(p => p.Label).ToDictionary(g => g.Key, g => g.Count());
        return [.. predictions.GroupBy(p => p.Expected).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            double right = g.Count(p => p.IsRight);
            var precision = called.TryGetValue(g.Key, out var count) ? right / count : 0;
            var recall = right / g.Count();
            return new LabelScore(g.Key, g.Count(), precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
        })];
    }

    private static double CalibrationErrorOf(List<Prediction> own) => own.GroupBy(p => Math.Min(14, (int)(p.Probability * 15)))
        .Sum(bin => (double)bin.Count() / own.Count * Math.Abs(bin.Average(p => p.Probability) - bin.Average(p => p.IsRight ? 1.0 : 0.0)));

    private static CoverageAt CoverageOf(IReadOnlyList<Prediction> predictions, double precision)
    {
        var (acted, right) = (0, 0);
        var best = new CoverageAt(precision, 0, null);
        foreach (var prediction in predictions.Where(p => !Intents.IntentLabels.IsNegative(p.Label)).OrderByDescending(p => p.Probability))
        {
            acted++;
            if (prediction.IsRight) right++;
            if (right >= precision * acted) best = new CoverageAt(precision, (double)acted / predictions.Count, prediction.Probability);
        }
        return best;
    }

    private static OutsideScore? OutsideOf(List<Prediction> own, List<Prediction> outside)
    {
        if (own.Count == 0 || outside.Count == 0) return null;
        var sorted = own.Select(p => p.Within).Order().ToArray();
        var wins = outside.Sum(p => sorted.Length - Below(sorted, p.Within, orEqual: false) - (Ties(sorted, p.Within) / 2.0));
        var threshold = sorted[(int)(sorted.Length * 0.05)];
        return new OutsideScore(outside.Count, wins / ((double)own.Count * outside.Count), Share(outside, p => p.Within < threshold));
    }

    private static int Ties(double[] sorted, double value) => Below(sorted, value, orEqual: true) - Below(sorted, value, orEqual: false);

    private static int Below(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private static double Share(IReadOnlyCollection<Prediction> predictions, Func<Prediction, bool> holds) =>
        predictions.Count == 0 ? 0 : (double)predictions.Count(holds) / predictions.Count;
}
