namespace AutoFlow.Understanding.Kinds;

/// <summary>What mail clients put before the subject of an answer or a forwarded mail, in the languages of the market.</summary>
internal static class ReplyPrefix
{
    private static readonly string[] Words =
        ["re", "aw", "antw", "antwort", "sv", "vs", "fwd", "fw", "wg", "tr", "rif", "r", "i", "ref", "res", "rv", "odp", "pd", "vb", "doorst", "回复", "答复", "转发", "返信", "転送", "回覆", "轉寄", "轉發"];

    /// <summary>The length of one prefix with its colon, as <c>re:</c>, <c>re[2]:</c> or <c>re :</c>; 0 when the text starts with none.</summary>
    /// <param name="folded">A subject or its rest, folded.</param>
    public static int Length(ReadOnlySpan<char> folded)
    {
        foreach (var word in Words)
        {
            if (!folded.StartsWith(word, StringComparison.Ordinal)) continue;
            var at = word.Length;
            while (at < folded.Length && (char.IsAsciiDigit(folded[at]) || folded[at] is ' ' or '[' or ']' or '(' or ')' or '^')) at++;
            if (at < folded.Length && folded[at] == ':') return at + 1;
        }
        return 0;
    }
}
