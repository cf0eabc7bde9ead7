using System.Text;

namespace AutoFlow.Understanding.Text;

/// <summary>
/// A text as phrases are looked up in it: plain letters (see <see cref="PlainLetters"/>), one blank between words, and <c>.</c> as a word
/// of its own where a clause ends. Emoji stay, <c>:)</c> and <c>:(</c> become one. Begins and ends with a blank.
/// </summary>
internal static class PlainWords
{
    public const char ClauseEnd = '.';

    public static string Of(string text, int longest = int.MaxValue)
    {
        text = PlainLetters.Composed(text);
        var plain = new StringBuilder(Math.Min(text.Length, longest) + 16).Append(' ');
        Span<char> letters = stackalloc char[PlainLetters.MostPerLetter];
        for (var i = 0; i < text.Length && i < longest; i++)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c)) plain.Append(letters[..PlainLetters.Write(c, letters)]);
            else if (Smile(text, ref i) is { } smile) plain.Append(smile);
            else if (IsDense(c)) plain.Append(c);
            else if (EndsClause(c)) Part(plain, true);
            else Part(plain, false);
        }
        Part(plain, false);
        return plain.ToString();
    }

    /// <summary>A phrase of a word list, in the same form without blanks around it.</summary>
    public static string OfPhrase(string phrase)
    {
        var plain = Of(phrase).Trim();
        return plain.EndsWith(" .", StringComparison.Ordinal) ? plain[..^2] : plain;
    }

    /// <summary>Signs that stand without blanks between words: Japanese, Chinese, emoji. A phrase can begin and end at each.</summary>
    public static bool IsDense(char c) => c switch
    {
        < '\u2600' => c is '\u203c' or '\u2049',
        <= '\u27bf' => true,
        '\u2b50' or '\u2b55' => true,
        >= '\u3005' and <= '\u3007' => true,
        >= '\u3040' and <= '\u30ff' => c != '\u30fb',
        >= '\u3400' and <= '\u9fff' => true,
        _ => char.IsSurrogate(c),
    };

    private static bool EndsClause(char c) => c is '.' or ',' or ';' or ':' or '!' or '?' or '(' or ')' or '\n' or '…' or '¡' or '¿' or '。' or '、' or '，' or '！' or '？' or '；' or '：';

    private static void Part(StringBuilder plain, bool clause)
    {
        if (plain[^1] != ' ') plain.Append(' ');
        if (clause && (plain.Length < 2 || plain[^2] != ClauseEnd)) plain.Append(ClauseEnd).Append(' ');
    }

    private static char? Smile(string text, ref int at)
    {
        if (text[at] is not (':' or ';' or '=')) return null;
        var mouth = at + 1 < text.Length && text[at + 1] == '-' ? at + 2 : at + 1;
        if (mouth >= text.Length) return null;
        char? smile = text[mouth] switch { ')' => '☺', '(' => '☹', _ => null };
        if (smile is not null) at = mouth;
        return smile;
    }
}
