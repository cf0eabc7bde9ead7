using System.Collections.Frozen;
using AutoFlow.Understanding.Text;

namespace AutoFlow.Understanding.Entities;

/// <summary>The names and signs of currencies, as ISO 4217 codes.</summary>
internal static class Currencies
{
    private const int LongestName = 9;

    private static readonly FrozenDictionary<string, string> Names = WordLists.Read("currencies.tsv", 2)
        .SelectMany(row => row[1].Split('|').Select(name => (Name: name, Code: row[0])))
        .ToFrozenDictionary(n => n.Name, n => n.Code);

    /// <summary>The currency that starts at a place, with its end; null when there is none.</summary>
    public static (int End, string Currency)? At(string text, int at, string? language)
    {
        if (at >= text.Length) return null;
        if (Sign(text[at], language) is { } sign) return (at + 1, sign);
        if (text[at] is '円' or '元' or '块' or '원') return (at + 1, text[at] == '円' ? "JPY" : text[at] == '원' ? "KRW" : "CNY");
        var end = at;
        while (end < text.Length && end - at <= LongestName && IsLetter(text[end])) end++;
        return Name(text.AsSpan(at, end - at), language) is { } name && !(end < text.Length && char.IsAsciiDigit(text[end])) ? (end, name) : null;
    }

    /// <summary>The currency that ends before a place, with its start; null when there is none.</summary>
    public static (int Start, string Currency)? Before(string text, int end, string? language)
    {
        if (end == 0) return null;
        var start = end;
        if (Sign(text[end - 1], language) is { } sign)
        {
            start--;
            while (start > 0 && end - start <= 3 && char.IsAsciiLetter(text[start - 1])) start--;
            if (start == end - 1) return (start, sign);
            return text[end - 1] == '$' && Dollar(text[start..(end - 1)].ToUpperInvariant()) is { } dollar ? (start, dollar) : (end - 1, sign);
        }
        while (start > 0 && end - start <= LongestName && IsLetter(text[start - 1])) start--;
        if (start > 0 && char.IsAsciiDigit(text[start - 1])) return null;
        // Behind a number "dollars" ends an amount; before one, only a code or "kr" begins one.
        return end - start <= 4 && Name(text.AsSpan(start, end - start), language) is { } name ? (start, name) : null;
    }

    // By the country before the sign.
    private static string? Dollar(string country) => country switch
    {
        "US" => "USD",
        "C" or "CA" => "CAD",
        "A" or "AU" => "AUD",
        "NZ" => "NZD",
        "HK" => "HKD",
        "NT" => "TWD",
        "S" => "SGD",
        "R" => "BRL",
        _ => null,
    };

    private static string? Sign(char c, string? language) => c switch
    {
        '€' => "EUR",
        '$' => "USD",
        '£' => "GBP",
        '¥' => language == "zh" ? "CNY" : "JPY",
        '₩' => "KRW",
        '₺' => "TRY",
        '₴' => "UAH",
        '₹' => "INR",
        _ => null,
    };

    private static string? Name(ReadOnlySpan<char> word, string? language)
    {
        if (word.Length is < 2 or > LongestName) return null;
        var folded = FoldedText.Fold(word.ToString());
        // Codes that are words as well.
        if (folded is "try" or "ron" or "kc" or "ft" or "quid" && !(word is "TRY" or "RON" or "Kč" or "Ft" || (folded == "quid" && language == "en"))) return null;
        if (folded == "kr") return language switch { "sv" => "SEK", "da" => "DKK", "no" or "nb" or "nn" => "NOK", "is" => "ISK", _ => null };
        return Names.GetValueOrDefault(folded);
    }

    private static bool IsLetter(char c) => char.IsLetter(c) && !EntityText.IsCjk(c);
}
