namespace AutoFlow.Workflows.Parsing;

/// <summary>JSON pointers by RFC 6901.</summary>
internal static class JsonPointer
{
    /// <summary>The pointer one step further.</summary>
    public static string Append(string pointer, string segment) =>
        $"{pointer}/{segment.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";

    /// <summary>The last reference token, unescaped; empty for the whole document.</summary>
    public static string LastSegment(string pointer) => pointer[(pointer.LastIndexOf('/') + 1)..]
        .Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);

    public static string Append(string pointer, int index, string segment) => Append($"{pointer}/{index}", segment);
}
