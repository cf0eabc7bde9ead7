using System.Globalization;
using System.Text;

namespace AutoFlow.Understanding.Evaluation;

/// <summary>An evaluation as a table to read.</summary>
public static class EvaluationTable
{
    private const int MostConfusions = 15;

    /// <summary>The report in lines, each ended by a line feed.</summary>
    public static string Of(EvaluationReport report)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"model {report.Model}, {report.Texts} texts");
        Line($"right                 {Percent(report.Accuracy)}   within the labels {Percent(report.AccuracyWithin)}   mean F1 {Percent(report.MacroF1)}");
        Line($"calibration error     {Percent(report.CalibrationError)}");
        Line($"acts on               {Percent(report.Acted)}   of them right {Percent(report.ActedPrecision)}");
        foreach (var at in report.Coverage)
            Line($"covers at {at.Precision * 100:0} % right   {Percent(at.Coverage)}   {(at.Threshold is { } threshold ? string.Create(CultureInfo.InvariantCulture, $"from probability {threshold:0.000}") : "never reached")}");
        if (report.Outside is { } outside)
            Line($"out of scope          {outside.Texts} texts, AUROC {Percent(outside.Auroc)}, found at 95 % of the others taken {Percent(outside.RecallAt95)}");
        if (report.UnknownLabels.Count > 0) Line($"labels that the model does not have: {string.Join(", ", report.UnknownLabels)}");
        var width = Math.Max(8, report.Labels.Max(l => l.Label.Length));
        if (report.Languages.Count > 1)
        {
            Line($"");
            Line($"{"language".PadRight(width)}  texts   right  covers at 90 %");
            foreach (var language in report.Languages) Line($"{language.Language.PadRight(width)} {language.Texts,6} {Percent(language.Accuracy)} {Percent(language.CoverageAt90)}");
        }
        Line($"");
        Line($"{"label".PadRight(width)}  texts  precision   recall       F1");
        foreach (var label in report.Labels) Line($"{label.Label.PadRight(width)} {label.Texts,6}   {Percent(label.Precision)}  {Percent(label.Recall)}  {Percent(label.F1)}");
        if (report.Confusions.Count == 0) return text.ToString();
        Line($"");
        Line($"{"taken".PadRight(width)} for");
        foreach (var pair in report.Confusions.Take(MostConfusions)) Line($"{pair.Expected.PadRight(width)} {pair.Label.PadRight(width)} {pair.Texts,5}");
        if (report.Confusions.Count > MostConfusions) Line($"and {report.Confusions.Count - MostConfusions} more pairs");
        return text.ToString();
    }

    private static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100,6:0.0} %");
}
