using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace AutoFlow;

/// <summary>
/// Reads a section's texts, notes what is wrong with them, and knows which settings there are by having been asked for them.
/// Connectors and Storage both have settings, and neither may refer to the other, so this one file is compiled into each.
/// </summary>
internal sealed class SectionReader(IConfigurationSection section)
{
    private readonly List<string> _mistakes = [];
    private readonly HashSet<string> _asked = new(StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => !section.GetChildren().Any(child => !string.IsNullOrWhiteSpace(child.Value));

    public string? Text(string name)
    {
        _asked.Add(name);
        return section[name] is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
    }

    public TimeSpan? Duration(string name) => Parsed<TimeSpan>(
        name, text => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) && time > TimeSpan.Zero && time <= TimeSpan.FromHours(1) ? time : null,
        "is not a time such as 00:00:20, of an hour at most");

    public decimal? Number(string name, decimal least, decimal most) => Parsed<decimal>(
        name, text => decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null,
        string.Create(CultureInfo.InvariantCulture, $"is not a number from {least} to {most}, like 0.15"));

    public int? Whole(string name, int least, int most) => Parsed<int>(
        name, text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number : null,
        string.Create(CultureInfo.InvariantCulture, $"is not a whole number from {least} to {most}"));

    /// <returns>An empty text, to go on with.</returns>
    public string Missing(string name, string what)
    {
        Mistake(name, $"is missing ({what})");
        return "";
    }

    public void Mistake(string name, string what) => _mistakes.Add($"{section.Path}:{name} {what}.");

    public IReadOnlyList<string> Mistakes() =>
        [.. _mistakes, .. section.GetChildren().Where(child => !_asked.Contains(child.Key)).Select(child => $"{child.Path} is no setting that is known.")];

    private T? Parsed<T>(string name, Func<string, T?> parse, string otherwise) where T : struct
    {
        if (Text(name) is not { } text) return null;
        var value = parse(text);
        if (value is null) Mistake(name, otherwise);
        return value;
    }
}
