using System.Collections.Frozen;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding.Entities;

namespace AutoFlow.Understanding.Privacy;

/// <summary>Finds bank accounts (ISO 13616 IBAN) and payment cards (ISO/IEC 7812), by length and check digits.</summary>
internal static class BankNumbers
{
    private const int LongestIban = 34, ShortestCard = 13, LongestCard = 19;

    // Lengths by country: SWIFT's IBAN registry.
    private static readonly FrozenDictionary<string, int> IbanLengths =
        ("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 "
        + "IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 "
        + "SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20").Split(' ').ToFrozenDictionary(c => c[..2], c => int.Parse(c[2..], System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>The IBAN that starts with a word; null when none does.</summary>
    public static EntitySpan? Iban(EntityText text, int at)
    {
        var word = text[at];
        if (word.Length < 2 || !char.IsAsciiLetter(text.Text[word.Start]) || !IbanLengths.TryGetValue(text.Text.AsSpan(word.Start, 2).ToString().ToUpperInvariant(), out var wanted)) return null;
        Span<char> number = stackalloc char[LongestIban];
        return Joined(text, at, wanted, number) is { } last && char.IsAsciiDigit(number[2]) && char.IsAsciiDigit(number[3]) && CheckDigits.Iban(number[..wanted]) ? Span(text, at, last) : null;
    }

    /// <summary>The payment card number that starts with a word; null when none does.</summary>
    public static EntitySpan? Card(EntityText text, int at)
    {
        if (!text[at].IsNumber || text.Text[text[at].Start] is < '2' or > '6') return null;
        Span<char> number = stackalloc char[LongestCard];
        for (var length = LongestCard; length >= ShortestCard; length--)
            if (Joined(text, at, length, number) is { } last && number[..length].IndexOfAnyExceptInRange('0', '9') < 0 && CheckDigits.Luhn(number[..length])) return Span(text, at, last);
        return null;
    }

    // The last of the words that together have exactly so many signs.
    private static int? Joined(EntityText text, int at, int wanted, Span<char> number)
    {
        var length = 0;
        for (var i = at; i < text.Count && text[i].IsAscii && length + text[i].Length <= wanted; i++)
        {
            text.Signs(i).ToUpperInvariant(number[length..]);
            length += text[i].Length;
            if (length == wanted) return i;
            if (text.GapAfter(i) is not (" " or "-" or "." or "  ")) return null;
        }
        return null;
    }

    private static EntitySpan Span(EntityText text, int first, int last) => new(text[first].Start, text[last].End - text[first].Start);
}
