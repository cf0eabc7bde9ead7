using System.Globalization;
using System.Text;
using AutoFlow.Support.Training;
using AutoFlow.Understanding.Evaluation;

namespace AutoFlow.Understanding.Training;

/// <summary>A model beside the one that was in use, as a table to read.</summary>
public static class ComparisonTable
{
    /// <summary>The table in lines, each ended by a line feed.</summary>
    public static string Of(TrainedModel model)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"model {model.Version}: {model.State}");
        Line($"learnt from {model.Seeds} seeds and {model.Lessons.Count} corrections");
        foreach (var reason in model.Reasons) Line($"  refused: {reason.Text}");
        if (model.Evaluation is null || EvaluationJson.Read(model.Evaluation) is not { } after) return text.ToString();
        var before = model.Comparison is { } comparison ? EvaluationJson.Read(comparison.Before) : null;
        Line($"");
        if (before is not null) Compare(text, "on the frozen set", before, after);
        if (model.Comparison is { OnCorrectionsBefore: { } unlearnt, OnCorrectionsAfter: { } learnt })
        {
            Compare(text, "on the corrections that are new to it", EvaluationJson.Read(unlearnt), EvaluationJson.Read(learnt));
            Line($"  (after has learnt them: this only shows that they took)");
            Line($"");
        }

        if (before is not null) Line($"before, on the frozen set:\n{EvaluationTable.Of(before)}");
        Line($"after, on the frozen set:\n{EvaluationTable.Of(after)}");
        return text.ToString();
    }

    private static void Compare(StringBuilder text, string on, EvaluationReport before, EvaluationReport after)
    {
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        void Row(string name, double was, double now) => Line($"  {name,-28} {was * 100,6:0.0} % {now * 100,6:0.0} %  {(now - was) * 100,6:+0.0;-0.0;0.0}");
        Line($"{on}, {after.Texts} texts");
        Line($"  {"",-28}   before    after  points");
        Row("right", before.Accuracy, after.Accuracy);
        Row("right within the labels", before.AccuracyWithin, after.AccuracyWithin);
        Row("mean F1", before.MacroF1, after.MacroF1);
        Row("acts on", before.Acted, after.Acted);
        Row("right of what is acted on", before.ActedPrecision, after.ActedPrecision);
        foreach (var (was, now) in before.Coverage.Zip(after.Coverage)) Row($"covers at {was.Precision * 100:0} % right", was.Coverage, now.Coverage);
        Row("calibration error", before.CalibrationError, after.CalibrationError);
        Line($"");
    }
}
