using System.Globalization;
using System.Text;

namespace AutoFlow.Understanding.Text;

/// <summary>Text as it is compared: lower case, without accents, so that "Wo bleibt mein Pàket" and "wo bleibt mein paket" are the same.</summary>
public static class FoldedText
{
    private const int TableSize = 0x2100;

    // What a character becomes; null where it stays. Beyond the table are scripts without case and accents.
    private static readonly string?[] Table = [.. Enumerable.Range(0, TableSize).Select(c => FoldedOrNull((char)c))];

    /// <summary>
    /// Folds case and accents; <c>ß</c> becomes <c>ss</c>, <c>ł</c> becomes <c>l</c>, full-width Latin letters and digits the common
    /// ones. Kana, Han and Hangul stay, so do digits, punctuation and line breaks. The length may change.
    /// </summary>
    public static string Fold(string text)
    {
        if (Ascii.IsValid(text)) return text.ToLowerInvariant();
        var folded = new StringBuilder(text.Length + 8);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < TableSize)
            {
                if (Table[c] is { } other) folded.Append(other);
                else folded.Append(c);
            }
            else if (c is >= '\uff01' and <= '\uff5e') folded.Append(char.ToLowerInvariant((char)(c - 0xfee0)));
            else if (c == '\u3000') folded.Append(' ');
            // Kana written as two characters is joined, so that both ways of writing が are the same.
            else if (c is '\u3099' or '\u309a')
            {
                if (folded.Length > 0 && folded[^1] is >= '\u3041' and <= '\u30ff') folded[^1] = Voiced(folded[^1], c);
            }
            else if (!char.IsSurrogate(c)) folded.Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) folded.Append(c).Append(text[++i]);
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

    private static string? FoldedOrNull(char c)
    {
        var special = c switch
        {
            'ß' or 'ẞ' => "ss",
            'ł' or 'Ł' => "l",
            'ø' or 'Ø' => "o",
            'æ' or 'Æ' => "ae",
            'œ' or 'Œ' => "oe",
            'đ' or 'Đ' => "d",
            '’' or '‘' or 'ʼ' => "'",
            '\u00a0' or '\u202f' => " ",
            _ => null,
        };
        if (special is not null) return special;
        var parts = c.ToString().Normalize(NormalizationForm.FormD).Where(part => CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark);
        var folded = string.Concat(parts.Select(char.ToLowerInvariant));
        return folded.Length == 1 && folded[0] == c ? null : folded;
    }

    private static char Voiced(char kana, char mark)
    {
        var joined = $"{kana}{mark}".Normalize(NormalizationForm.FormC);
        return joined.Length == 1 ? joined[0] : kana;
    }
}
