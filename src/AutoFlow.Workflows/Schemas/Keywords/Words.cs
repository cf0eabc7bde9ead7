using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>How values are called in messages. Values of the data are not quoted: they may be a customer's.</summary>
internal static class Words
{
    /// <summary>The kind with its article.</summary>
    public static string A(JqValue value) => value switch
    {
        { Kind: JqKind.Null } => "null",
        { Kind: JqKind.True or JqKind.False } => "a boolean",
        JqNumber number => Numbers.IsWhole(number) ? "an integer" : "a number",
        { Kind: JqKind.String } => "a string",
        { Kind: JqKind.Array } => "a list",
        _ => "an object",
    };

    /// <summary>A type's name with its article.</summary>
    public static string A(string type) => type switch
    {
        "null" => "null",
        "array" => "a list",
        "integer" or "object" => $"an {type}",
        _ => $"a {type}",
    };

    /// <summary>A count with its noun: "1 item", "2 items".</summary>
    public static string Of(double count, string one, string many) => FormattableString.Invariant($"{count:0} {(count == 1 ? one : many)}");

    /// <summary>"a", "a or b", "a, b or c".</summary>
    public static string Or(IReadOnlyList<string> words) =>
        words.Count == 1 ? words[0] : $"{string.Join(", ", words.Take(words.Count - 1))} or {words[^1]}";
}
