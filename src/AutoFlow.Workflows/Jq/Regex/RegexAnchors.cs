namespace AutoFlow.Workflows.Jq;

/// <summary>Tells whether an anchor holds at a position.</summary>
internal static class RegexAnchors
{
    public static bool Holds(RegexAnchor anchor, CodePointText text, int at, int searchStart) => anchor switch
    {
        RegexAnchor.TextStart => at == 0,
        RegexAnchor.TextEnd => at == text.Length,
        RegexAnchor.TextEndOrLastNewline => at == text.Length || (at == text.Length - 1 && text[at] == '\n'),
        RegexAnchor.LineStart => at == 0 || text[at - 1] == '\n',
        RegexAnchor.LineEnd => at == text.Length || text[at] == '\n',
        RegexAnchor.WordBoundary => IsBoundary(text, at),
        RegexAnchor.NoWordBoundary => !IsBoundary(text, at),
        _ => at == searchStart,
    };

    private static bool IsBoundary(CodePointText text, int at) => IsWord(text, at - 1) != IsWord(text, at);

    private static bool IsWord(CodePointText text, int at) => at >= 0 && at < text.Length && CodePointSet.Word.Contains(text[at]);
}
