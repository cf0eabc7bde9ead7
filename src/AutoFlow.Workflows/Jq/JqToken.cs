namespace AutoFlow.Workflows.Jq;

internal enum JqTokenKind
{
    End,
    Symbol,
    Word,
    Field,
    Variable,
    Format,
    Number,
    StringStart,
    StringText,
    InterpolationStart,
    InterpolationEnd,
    StringEnd,
}

/// <param name="Kind">What it is.</param>
/// <param name="Text">The name without its sigil, the text with escapes resolved, or the symbol.</param>
/// <param name="Offset">Where it begins in the source.</param>
internal readonly record struct JqToken(JqTokenKind Kind, string Text, int Offset)
{
    public bool Is(string symbolOrWord) => Kind is JqTokenKind.Symbol or JqTokenKind.Word && Text == symbolOrWord;

    public string Describe() => Kind switch
    {
        JqTokenKind.End => "end of expression",
        JqTokenKind.Field => $"'.{Text}'",
        JqTokenKind.Variable => $"'${Text}'",
        JqTokenKind.Format => $"'@{Text}'",
        JqTokenKind.StringStart or JqTokenKind.StringText or JqTokenKind.StringEnd => "string",
        JqTokenKind.InterpolationStart => "'\\('",
        JqTokenKind.InterpolationEnd => "')'",
        _ => $"'{Text}'",
    };
}
