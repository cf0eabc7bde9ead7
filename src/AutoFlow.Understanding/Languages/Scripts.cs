using System.Buffers;

namespace AutoFlow.Understanding.Languages;

/// <summary>Tells languages by their writing where the writing alone tells.</summary>
internal static class Scripts
{
    private static readonly SearchValues<char> Ukrainian = SearchValues.Create("іїєґІЇЄҐ"), Russian = SearchValues.Create("ыэёЫЭЁ"), Serbian = SearchValues.Create("јљњћђџЈЉЊЋЂЏ");

    /// <summary>The language of a text that is not written in Latin letters, and the share of its letters; null for Latin text and text without letters.</summary>
    public static (string Language, double Share)? NonLatin(string text)
    {
        var (letters, kana, han, hangul, cyrillic, greek, arabic, hebrew, thai) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            if (!char.IsLetter(c)) continue;
            letters++;
            _ = c switch
            {
                >= '\u3040' and <= '\u30ff' => kana++,
                >= '\u3400' and <= '\u9fff' => han++,
                >= '\uac00' and <= '\ud7af' => hangul++,
                >= '\u0400' and <= '\u052f' => cyrillic++,
                >= '\u0370' and <= '\u03ff' => greek++,
                >= '\u0600' and <= '\u06ff' => arabic++,
                >= '\u0590' and <= '\u05ff' => hebrew++,
                >= '\u0e00' and <= '\u0e7f' => thai++,
                _ => 0,
            };
        }
        // A Japanese or Chinese sign says as much as several letters: a few words in Latin letters beside them change nothing.
        var cjk = kana + han + hangul;
        var (best, count) = new[]
        {
            (kana * 5 > cjk ? "ja" : hangul > han ? "ko" : "zh", cjk * 3), (Cyrillic(text), cyrillic), ("el", greek), ("ar", arabic), ("he", hebrew), ("th", thai),
        }.MaxBy(s => s.Item2);
        var share = letters == 0 ? 0 : Math.Min(1, (double)count / letters);
        return share > 0.5 ? (best, share) : null;
    }

    private static string Cyrillic(string text)
    {
        if (text.AsSpan().IndexOfAny(Ukrainian) >= 0) return "uk";
        if (text.AsSpan().IndexOfAny(Russian) >= 0) return "ru";
        if (text.AsSpan().IndexOfAny(Serbian) >= 0) return "sr";
        return text.Contains('ъ', StringComparison.OrdinalIgnoreCase) ? "bg" : "ru";
    }
}
