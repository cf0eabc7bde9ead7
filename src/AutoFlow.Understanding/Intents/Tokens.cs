using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Intents;

/// <summary>What stands at a place of a text.</summary>
internal enum TokenKind
{
    /// <summary>A word of a script that parts words.</summary>
    Word,

    /// <summary>A sign of Chinese, Japanese or Korean, which do not part words.</summary>
    Sign,

    /// <summary>A number, an address or a mark: it counts by its kind only.</summary>
    Mark,
}

/// <summary>A token of a folded text.</summary>
/// <param name="Text">Folded; marks are written in angle brackets.</param>
internal readonly record struct Token(string Text, TokenKind Kind);

/// <summary>
/// Cuts a text into tokens for the features. Numbers become their kind, so that no order number is learnt by heart; question and
/// exclamation marks and currency signs are tokens, mail addresses one each.
/// </summary>
internal static class Tokens
{
    /// <summary>Only so many tokens of a text count: a customer's wish stands before that.</summary>
    public const int Most = 600;

    private const int LongestWord = 40;

    private static readonly string[] Signs = [.. Enumerable.Range(0, 0xd800).Select(c => IsSign((char)c) ? ((char)c).ToString() : "")];

    /// <summary>The tokens in order, at most <see cref="Most"/>.</summary>
    public static List<Token> Of(string text)
    {
        var folded = FoldedText.Fold(text);
        var tokens = new List<Token>(64);
        var start = -1;
        for (var i = 0; i <= folded.Length && tokens.Count < Most; i++)
        {
            var c = i < folded.Length ? folded[i] : ' ';
            if (IsSign(c))
            {
                Close(folded, ref start, i, tokens);
                tokens.Add(new Token(Signs[c], TokenKind.Sign));
            }
            else if (char.IsLetterOrDigit(c) || (c is '@' && start >= 0))
            {
                if (start < 0) start = i;
            }
            else
            {
                Close(folded, ref start, i, tokens);
                if (c is '?' or '？') tokens.Add(new Token("<?>", TokenKind.Mark));
                else if (c is '!' or '！') tokens.Add(new Token("<!>", TokenKind.Mark));
                else if (c is '€' or '$' or '£' or '¥' or '￥') tokens.Add(new Token("<money>", TokenKind.Mark));
            }
        }
        return tokens;
    }

    /// <summary>Kana, Han with its mark of repetition, and Hangul.</summary>
    internal static bool IsSign(char c) => c is '\u3005' or >= '\u3041' and <= '\u30ff' or >= '\u3400' and <= '\u9fff' or >= '\uac00' and <= '\ud7af';

    private static void Close(string folded, ref int start, int end, List<Token> tokens)
    {
        if (start < 0) return;
        tokens.Add(Read(folded.AsSpan(start, end - start)));
        start = -1;
    }

    private static Token Read(ReadOnlySpan<char> word)
    {
        if (word.Contains('@')) return new Token("<mail>", TokenKind.Mark);
        var digits = 0;
        foreach (var c in word)
            if (char.IsDigit(c)) digits++;
        if (digits == 0) return new Token(word.Length > LongestWord ? word[..LongestWord].ToString() : word.ToString(), TokenKind.Word);
        if (digits == word.Length)
            return new Token(digits switch { 1 => "<n1>", 2 or 3 => "<n2>", <= 6 => "<n4>", _ => "<n9>" }, TokenKind.Mark);
        return digits >= 4 ? new Token("<code>", TokenKind.Mark) : new Token(word.Length > LongestWord ? word[..LongestWord].ToString() : word.ToString(), TokenKind.Word);
    }
}
