using System.Globalization;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Evaluation;
using AutoFlow.Understanding.Intents;

namespace AutoFlow.Understanding.Training;

/// <summary>
/// Decides whether a new model may be adopted: only if it is not worse on the frozen set. Pure.
/// <para>
/// The set is small, so the same model with a few lessons more or less gives other figures. Measured on the shipped set of 1,080
/// texts: two models whose seeds differ by one in fifty disagree on about 50 of the texts that one of them gets right, and the
/// difference of two equal models then strays by the root of 50, 7 texts or 0.65 points (McNemar's variance). With a margin of half a
/// point an equal model passes three times in four, and can be asked for again with more corrections; one that is 1.5 points worse
/// passes one time in sixteen.
/// Small losses must not add up over many adoptions, so a model is measured against the best that has served, not only the last.
/// </para>
/// </summary>
public static class AdoptionRule
{
    /// <summary>How much lower the share of right ones within the labels may be. All margins are shares: 0.005 is half a point.</summary>
    public const double AccuracyMargin = 0.005;

    /// <summary>
    /// How much lower the precision of what is acted on may be. About half of the texts are acted on, so it strays more. One that
    /// reaches <see cref="IntentTraining.WantedPrecision"/> is good: a model that dares more is not worse for it.
    /// </summary>
    public const double PrecisionMargin = 0.01;

    /// <summary>How much lower the coverage at 90 % precision may be. It hangs on where in the order the last wrong ones stand, and strays most.</summary>
    public const double CoverageMargin = 0.02;

    /// <summary>A label may lose so much recall, or <see cref="FewestLost"/> texts, whichever is more: with 40 texts a label the difference strays by some 7 points, and 26 labels are looked at.</summary>
    public const double RecallMargin = 0.2;

    /// <summary>See <see cref="RecallMargin"/>.</summary>
    public const int FewestLost = 4;

    /// <summary>A calibration error up to this is good; a worse one may not grow by more than <see cref="CalibrationMarginOf"/>.</summary>
    public const double CalibrationLimit = 0.05;

    /// <summary>How much a calibration error may grow: 1.5 points on some thousand texts. It is the sum of what fifteen bins stray, so of few texts it strays more.</summary>
    private static double CalibrationMarginOf(int texts) => 0.5 / Math.Sqrt(texts);

    /// <summary>Why the new model may not be adopted; empty when it may.</summary>
    /// <param name="before">The model in use, on the frozen set.</param>
    /// <param name="after">The new model, on the same.</param>
    /// <param name="served">Earlier models that were in use, on the same.</param>
    public static IReadOnlyList<AdoptionReason> Decide(EvaluationReport before, EvaluationReport after, IReadOnlyList<EvaluationReport>? served = null)
    {
        if (before.Texts != after.Texts) return [new AdoptionReason("texts", $"The models were measured on {before.Texts} and {after.Texts} texts: they cannot be compared.")];
        EvaluationReport[] all = [before, .. (served ?? []).Where(report => report.Texts == before.Texts)];
        var reasons = new List<AdoptionReason>();
        NotLower("accuracyWithin", "the share of right ones", all.Max(r => r.AccuracyWithin), after.AccuracyWithin, AccuracyMargin);
        var precision = all.Max(r => r.ActedPrecision);
        NotLower(
            "actedPrecision", "the share of right ones among what is acted on", precision, after.ActedPrecision, Math.Max(PrecisionMargin, precision - IntentTraining.WantedPrecision));
        NotLower("coverageAt90", "the share that can be acted on with 90 % right", all.Max(CoverageAt90), CoverageAt90(after), CoverageMargin);

        var labels = after.Labels.ToDictionary(label => label.Label, StringComparer.Ordinal);
        foreach (var label in before.Labels)
        {
            var recall = labels.TryGetValue(label.Label, out var found) ? found.Recall : 0;
            NotLower("recall", $"the recall of {label.Label}", label.Recall, recall, Math.Max(RecallMargin, (double)FewestLost / label.Texts), label.Label);
        }

        foreach (var label in after.UnknownLabels.Except(before.UnknownLabels, StringComparer.Ordinal))
            reasons.Add(new AdoptionReason("unknownLabel", $"The new model no longer knows the label {label}.", label));

        var limit = Math.Max(CalibrationLimit, before.CalibrationError + CalibrationMarginOf(before.Texts));
        if (Above(after.CalibrationError, limit))
        {
            reasons.Add(new AdoptionReason(
                "calibrationError", $"The calibration error rises from {Percent(before.CalibrationError)} to {Percent(after.CalibrationError)}; {Percent(limit)} is allowed.",
                null, before.CalibrationError, after.CalibrationError, limit));
        }

        return reasons;

        void NotLower(string measure, string what, double was, double now, double margin, string? label = null)
        {
            var least = was - margin;
            if (!Above(least, now)) return;
            var sentence = $"{char.ToUpperInvariant(what[0])}{what[1..]} falls from {Percent(was)} to {Percent(now)}; {Percent(least)} is needed.";
            reasons.Add(new AdoptionReason(measure, sentence, label, was, now, least));
        }
    }

    private static double CoverageAt90(EvaluationReport report) => report.Coverage.FirstOrDefault(at => at.Precision == 0.90)?.Coverage ?? 0;

    // Shares are quotients: what is equal on paper may differ in the last bits.
    private static bool Above(double one, double other) => one > other + 1e-9;

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0} %");
}
