using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>Values as jq's error messages show them.</summary>
internal static class ErrorText
{
    private const int MaxBytes = 29;

    /// <summary>Kind and value: <c>number (1)</c>.</summary>
    public static string Describe(JqValue value) => $"{value.TypeName} ({Show(value)})";

    /// <summary>The value as JSON, cut to 29 bytes.</summary>
    public static string Show(JqValue value)
    {
        // Writing a large value only to cut it would make every error dear.
        var json = value switch
        {
            JqString { Text.Length: > 100 } text => JsonTextWriter.Write(new JqString(CodePoints.Sanitize(text.Text[..100]))),
            { Weight: > 10_000 } => value.Kind == JqKind.Array ? $"[{new string('.', 40)}" : $"{{{new string('.', 40)}",
            _ => JsonTextWriter.Write(value),
        };
        if (Encoding.UTF8.GetByteCount(json) <= MaxBytes)
            return json;
        var closing = value.Kind switch { JqKind.String => "\"", JqKind.Array => "]", JqKind.Object => "}", _ => "" };
        var room = MaxBytes - 3 - closing.Length;
        var shown = new StringBuilder();
        foreach (var rune in json.EnumerateRunes())
        {
            room -= rune.Utf8SequenceLength;
            if (room < 0)
                break;
            shown.Append(rune.ToString());
        }

        return shown.Append("...").Append(closing).ToString();
    }
}
