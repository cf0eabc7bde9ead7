using System.Globalization;
using System.Text;

namespace AutoFlow.Understanding.Text;

/// <summary>Text as it is compared: lower case, without accents, so that "Wo bleibt mein Pàket" and "wo bleibt mein paket" are the same.</summary>
public static class FoldedText
{
    /// <summary>Folds case and accents; <c>ß</c> becomes <c>ss</c>, <c>ł</c> becomes <c>l</c>. Digits, punctuation and line breaks stay. The length may change.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in Decompose(text))
        {
            if (c < 0x80) folded.Append(char.ToLowerInvariant(c));
            else if (CharUnicodeInfo.GetUnicodeCategory(c) is not UnicodeCategory.NonSpacingMark) Append(folded, char.ToLowerInvariant(c));
        }
        return folded.ToString();
    }

    /// <summary>The words of a text: runs of letters and digits. An apostrophe inside a word joins nothing: <c>n'est</c> is <c>n</c>, <c>est</c>.</summary>
    public static IEnumerable<string> Words(string text)
    {
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && char.IsLetterOrDigit(text[i]);
            if (inside && start < 0) start = i;
            else if (!inside && start >= 0)
            {
                yield return text[start..i];
                start = -1;
            }
        }
    }

    private static string Decompose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormD);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: cut text, not a reason to fail.
            return new string([.. text.Where(c => !char.IsSurrogate(c))]).Normalize(NormalizationForm.FormD);
        }
    }

    private static void Append(StringBuilder folded, char c) => _ = c switch
    {
        'ß' => folded.Append("ss"),
        'ł' => folded.Append('l'),
        'ø' => folded.Append('o'),
        'æ' => folded.Append("ae"),
        'œ' => folded.Append("oe"),
        'đ' => folded.Append('d'),
        '’' or '‘' or 'ʼ' => folded.Append('\''),
        '\u00a0' or '\u202f' => folded.Append(' '),
        _ => folded.Append(c),
    };
}
