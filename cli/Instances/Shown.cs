using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace AutoFlow.Cli.Instances;

/// <summary>Values as people read them.</summary>
internal static class Shown
{
    private const int Longest = 80;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };
    private static readonly JsonSerializerOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 256 };

    /// <summary>JSON over several lines.</summary>
    public static string Whole(JsonElement value) => JsonSerializer.Serialize(value, Indented);

    /// <summary>JSON in one line.</summary>
    public static string InLine(JsonElement value) => JsonSerializer.Serialize(value, OneLine);

    /// <summary>JSON in one line, cut where it is long.</summary>
    public static string Short(JsonElement? value) => value is not { } known ? "" : Short(InLine(known));

    /// <inheritdoc cref="Short(JsonElement?)"/>
    public static string Short(string text) => text.Length <= Longest ? text : text[..(char.IsHighSurrogate(text[Longest - 1]) ? Longest - 1 : Longest)] + "…";

    /// <summary>A time in UTC to the second; what is none is shown as it is.</summary>
    public static string Time(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? Time(time.UtcDateTime) : text;

    /// <inheritdoc cref="Time(string)"/>
    public static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
