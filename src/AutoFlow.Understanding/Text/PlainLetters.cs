using System.Buffers;
using System.Globalization;
using System.Text;

namespace AutoFlow.Understanding.Text;

/// <summary>Letters as word lists are written and looked up: lower case, without accents; one table look-up per letter.</summary>
internal static class PlainLetters
{
    /// <summary>Most letters that one letter becomes.</summary>
    public const int MostPerLetter = 2;

    /// <summary>Accents lie below this in every script of the market; above it only case is folded.</summary>
    private const int TableSize = 0x2000;

    private static readonly char[] Table = MakeTable();
    private static readonly SearchValues<char> CombiningMarks = SearchValues.Create(Enumerable.Range(0x300, 0x70).Select(c => (char)c).ToArray());

    /// <summary>The text with its letters and accents composed to one character each where that exists, as most senders write.</summary>
    public static string Composed(string text)
    {
        if (text.AsSpan().IndexOfAny(CombiningMarks) < 0) return text;
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return text; // Half a surrogate pair: cut text, not a reason to fail.
        }
    }

    /// <summary>Writes a letter plainly; <c>ß</c>, <c>æ</c>, <c>œ</c> and <c>þ</c> become two. Returns how many were written.</summary>
    public static int Write(char letter, Span<char> into)
    {
        if (letter >= TableSize)
        {
            // Letters and digits of full width, as Japanese and Chinese keyboards write them.
            into[0] = char.ToLowerInvariant(letter is >= '\uff01' and <= '\uff5e' ? (char)(letter - 0xfee0) : letter);
            return 1;
        }
        into[0] = Table[letter];
        switch (into[0])
        {
            case 'ß': (into[0], into[1]) = ('s', 's'); return 2;
            case 'æ': (into[0], into[1]) = ('a', 'e'); return 2;
            case 'œ': (into[0], into[1]) = ('o', 'e'); return 2;
            case 'þ': (into[0], into[1]) = ('t', 'h'); return 2;
            default: return 1;
        }
    }

    /// <summary>A word or phrase of a word list, letter by letter; signs stay.</summary>
    public static string Of(string text)
    {
        var plain = new StringBuilder(text.Length);
        Span<char> letters = stackalloc char[MostPerLetter];
        foreach (var c in Composed(text)) plain.Append(letters[..Write(c, letters)]);
        return plain.ToString();
    }

    private static char[] MakeTable()
    {
        var table = new char[TableSize];
        for (var i = 0; i < TableSize; i++) table[i] = Plain((char)i);
        return table;
    }

    private static char Plain(char letter)
    {
        var lower = char.ToLowerInvariant(letter);
        return lower switch
        {
            'ł' => 'l',
            'ø' => 'o',
            'đ' or 'ð' => 'd',
            'ı' => 'i',
            // Korean, Thai and the like lose letters, not accents, when they are taken apart.
            _ when CharUnicodeInfo.GetUnicodeCategory(lower) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter => char.ToLowerInvariant(lower.ToString().Normalize(NormalizationForm.FormD)[0]),
            _ => lower,
        };
    }
}
