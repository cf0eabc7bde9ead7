namespace AutoFlow.Workflows.Jq;

internal enum TokenKind
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
internal readonly record struct Token(TokenKind Kind, string Text, int Offset)
{
    public bool Is(string symbolOrWord) => Kind is TokenKind.Symbol or TokenKind.Word && Text == symbolOrWord;

    public string Describe() => Kind switch
    {
        TokenKind.End => "end of expression",
        TokenKind.Field => $"'.{Text}'",
        TokenKind.Variable => $"'${Text}'",
        TokenKind.Format => $"'@{Text}'",
        TokenKind.StringStart or TokenKind.StringText or TokenKind.StringEnd => "string",
        TokenKind.InterpolationStart => "'\\('",
        TokenKind.InterpolationEnd => "')'",
        _ => $"'{Text}'",
    };
}
