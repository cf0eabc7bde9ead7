using System.Buffers;

namespace AutoFlow.Understanding.Languages;

/// <summary>Tells languages by their writing where the writing alone tells.</summary>
internal static class Scripts
{
    /// <summary>Characters that only Japanese writes this way; Chinese has other forms or does not use them.</summary>
    private static readonly SearchValues<char> Japanese = SearchValues.Create("込払届円気発売変対図広応価覧験戻様々駅営単働枠");

    /// <summary>Words that Japanese customers write in signs that Chinese has too, but says otherwise.</summary>
    private static readonly SearchValues<string> JapaneseWords = SearchValues.Create(["注文", "返品", "配達", "領収書", "請求書", "到着", "在庫", "商品券", "番号", "連絡希望"], StringComparison.Ordinal);

    /// <summary>Letters of Persian and Urdu that Arabic lacks.</summary>
    private static readonly SearchValues<char> Persian = SearchValues.Create("پچژگ"), Urdu = SearchValues.Create("ٹڈڑںے");

    /// <summary>A script.</summary>
    /// <param name="Language">The language that it tells; null for Latin and Cyrillic letters and for a text without letters.</param>
    /// <param name="IsCyrillic">Whether the words are Cyrillic ones.</param>
    /// <param name="Share">Of the text's letters, less when the script leaves a doubt; 0 to 1.</param>
    public readonly record struct Script(string? Language, bool IsCyrillic, double Share);

    public static Script Of(string text)
    {
        var (latin, kana, han, hangul, cyrillic, greek, arabic, hebrew, thai) = (0, 0, 0, 0, 0, 0, 0, 0, 0);
        foreach (var c in text)
        {
            if (c < 0x80)
            {
                if (char.IsAsciiLetter(c)) latin++;
                continue;
            }
            if (!char.IsLetter(c)) continue;
            _ = c switch
            {
                < '\u0370' => latin++,
                <= '\u03ff' => greek++,
                <= '\u052f' => cyrillic++,
                >= '\u0590' and <= '\u05ff' => hebrew++,
                >= '\u0600' and <= '\u06ff' => arabic++,
                >= '\u0e00' and <= '\u0e7f' => thai++,
                >= '\u1f00' and <= '\u1fff' => greek++,
                >= '\u3040' and <= '\u30ff' => kana++,
                >= '\u3400' and <= '\u9fff' => han++,
                >= '\uac00' and <= '\ud7af' => hangul++,
                _ => latin++,
            };
        }
        // Who writes in another script names products in Latin letters; who writes in Latin letters hardly uses another script.
        // A Japanese or Chinese sign says as much as several letters.
        var cjk = (kana + han + hangul) * 4;
        var weighed = latin + cjk + (2 * (cyrillic + greek + arabic + hebrew + thai));
        if (weighed == 0) return default;
        double Share(int of) => Math.Round((double)of / weighed, 4);
        if (Share(cjk) > 0.5)
        {
            var (language, sure) = East(text, kana, han, hangul);
            return new Script(language, false, Math.Round(Share(cjk) * sure, 4));
        }
        if (Share(2 * greek) > 0.5) return new Script("el", false, Share(2 * greek));
        if (Share(2 * arabic) > 0.5) return new Script(text.AsSpan().IndexOfAny(Urdu) >= 0 ? "ur" : text.AsSpan().IndexOfAny(Persian) >= 0 ? "fa" : "ar", false, Share(2 * arabic));
        if (Share(2 * hebrew) > 0.5) return new Script("he", false, Share(2 * hebrew));
        if (Share(2 * thai) > 0.5) return new Script("th", false, Share(2 * thai));
        return new Script(null, 2 * cyrillic > latin, 1);
    }

    private static (string Language, double Sure) East(string text, int kana, int han, int hangul)
    {
        if (hangul > kana + han) return ("ko", 1);
        if (kana * 6 > kana + han) return ("ja", 1);
        if (kana == 0 && (text.AsSpan().IndexOfAny(Japanese) >= 0 || text.AsSpan().IndexOfAny(JapaneseWords) >= 0)) return ("ja", 0.9);
        // A few signs without kana can be either.
        return ("zh", Math.Min(1, 0.5 + (0.1 * han)));
    }
}
