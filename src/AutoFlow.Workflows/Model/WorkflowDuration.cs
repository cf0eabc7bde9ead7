using System.Globalization;
using System.Text.RegularExpressions;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>A duration of a definition: fixed, or an expression that gives one (OWS dsl-reference.md, "Duration").</summary>
internal sealed record WorkflowDuration(TimeSpan? Fixed, RuntimeExpression? Expression);

/// <summary>A limit of time, as <c>timeout.after</c>.</summary>
internal sealed record TimeLimit(WorkflowDuration After);

/// <summary>Reads durations from ISO 8601 text or from maps of units. Never negative.</summary>
internal static partial class Durations
{
    /// <summary>The units of a duration written as a map.</summary>
    public static readonly IReadOnlyList<string> Units = ["days", "hours", "minutes", "seconds", "milliseconds"];

    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>Reads ISO 8601 text such as <c>PT30S</c> or <c>P3DT12H</c>. A year counts as 365 days, a month as 30.</summary>
    public static TimeSpan? ParseIso8601(string text)
    {
        var match = Iso8601().Match(text);
        if (!match.Success || text.EndsWith('T') || text == "P") return null;
        var days = (Part(match, "Y") * 365) + (Part(match, "M") * 30) + (Part(match, "W") * 7) + Part(match, "D");
        var seconds = (days * 86_400) + (Part(match, "h") * 3_600) + (Part(match, "m") * 60) + Part(match, "s");
        return FromSeconds(seconds);
    }

    /// <summary>The duration of whole units; null when it is negative or longer than a century.</summary>
    public static TimeSpan? FromUnits(Func<string, double> unit) => FromSeconds(
        (unit("days") * 86_400) + (unit("hours") * 3_600) + (unit("minutes") * 60) + unit("seconds") + (unit("milliseconds") / 1_000));

    /// <summary>Reads what an expression gave: ISO 8601 text or a map of units; null when it is neither.</summary>
    public static TimeSpan? FromJson(JqValue value)
    {
        if (value.Kind == JqKind.String) return ParseIso8601(value.AsString()!);
        if (value.Kind != JqKind.Object) return null;
        foreach (var (name, part) in value.Properties)
        {
            if (!Units.Contains(name) || part.Kind != JqKind.Number) return null;
        }

        return FromUnits(unit => value.TryGetProperty(unit, out var part) ? part.AsNumber() ?? 0 : 0);
    }

    private static TimeSpan? FromSeconds(double seconds) =>
        seconds >= 0 && seconds <= Longest.TotalSeconds ? TimeSpan.FromMilliseconds(Math.Round(seconds * 1_000)) : null;

    private static double Part(Match match, string group) =>
        match.Groups[group] is { Success: true } part ? double.Parse(part.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^P(?:(?<Y>\d+(?:\.\d+)?)Y)?(?:(?<M>\d+(?:\.\d+)?)M)?(?:(?<W>\d+(?:\.\d+)?)W)?(?:(?<D>\d+(?:\.\d+)?)D)?"
        + @"(?:T(?:(?<h>\d+(?:\.\d+)?)H)?(?:(?<m>\d+(?:\.\d+)?)M)?(?:(?<s>\d+(?:\.\d+)?)S)?)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
