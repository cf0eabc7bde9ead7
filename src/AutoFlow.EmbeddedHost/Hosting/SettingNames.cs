using System.Text.RegularExpressions;

namespace AutoFlow.EmbeddedHost.Hosting;

/// <summary>Replaces <c>%Setting%</c> in queue names and schedules by the setting's value.</summary>
internal static partial class SettingNames
{
    /// <summary>Replaces every <c>%Setting%</c>.</summary>
    /// <param name="text">The text.</param>
    /// <param name="setting">Finds a setting; null when it is not there.</param>
    /// <exception cref="FormatException">A setting is not there.</exception>
    public static string Resolve(string text, Func<string, string?> setting) => Pattern().Replace(
        text,
        match => setting(match.Groups[1].Value)
            ?? throw new FormatException($"the setting '{match.Groups[1].Value}' in '{text}' is not set; set it or write the value itself"));

    [GeneratedRegex("%([^%]+)%")]
    private static partial Regex Pattern();
}
