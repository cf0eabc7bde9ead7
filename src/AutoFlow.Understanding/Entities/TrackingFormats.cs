using System.Collections.Frozen;
using static AutoFlow.Understanding.Entities.CheckDigits;

namespace AutoFlow.Understanding.Entities;

/// <summary>What the text must say before a number of some format is a parcel's.</summary>
public enum ParcelEvidence
{
    /// <summary>Nothing: letters, a known prefix or a long number speak for themselves.</summary>
    Shape,

    /// <summary>A word near it that speaks of parcels or names a carrier.</summary>
    Parcel,

    /// <summary>It is called a tracking number: the shape alone would take in too much.</summary>
    Called,
}

/// <summary>A carrier's parcel number: its shape, and its check digit where the carrier uses one.</summary>
/// <param name="Carrier">A short lower-case code: <c>dhl</c>, <c>ups</c>, <c>la-poste</c>. For <c>s10</c> the country letters name the post.</param>
/// <param name="Pattern">Signs, classes in brackets and counts in braces, for the whole number without spaces, upper case.</param>
/// <param name="Check">Null where the carrier publishes no rule.</param>
public sealed record TrackingFormat(string Carrier, string Pattern, CheckDigitRule? Check, ParcelEvidence Evidence)
{
    /// <summary>One for each length that a number may have.</summary>
    internal IReadOnlyList<Shape> Shapes { get; } = Shape.Parse(Pattern);
}

/// <summary>
/// The formats of the carriers that ship to and within the market. Rules: UPU S10, GS1 SSCC, ISO 7064, USPS Publication 199, the carriers' own
/// documents, and for the North American carriers what jkeen/tracking_number_data (MIT) has gathered.
/// Carriers: 4px, amazon, bpost, cainiao, canada-post, canpar, correos, dhl (Paket), dhl-ecommerce, dhl-express, dpd, evri, fedex, gls, gofo,
/// hermes, inpost, la-poste, landmark, lasership, old-dominion, ontrac, poczta-polska, postnl, purolator, sf-express, speedee, sscc (any
/// carrier's pallet label), swiss-post, ups, usps, yanwen, yodel, yunexpress, and the posts of <see cref="PostalOperators"/>.
/// </summary>
public static class TrackingFormats
{
    /// <summary>Shortest and longest number, in signs without spaces.</summary>
    public const int Shortest = 10, Longest = 41;

    public static readonly IReadOnlyList<TrackingFormat> All =
    [
        Letters("s10", "[A-Z]{2}[0-9]{9}[A-Z]{2}", n => IsAssignedService(n) && IsS10(n)),
        Letters("yanwen", "[A-Z]{2}[0-9]{9}YP"),
        Letters("ups", "1Z[A-Z0-9]{15}[0-9]", n => Ups(n[2..])),
        Letters("amazon", "TB[ACM][0-9]{12}"),
        Letters("dhl", "JJD[0-9]{14,20}"),
        Letters("dhl", "JVGL[0-9]{14,20}"),
        Letters("dhl", "JD[0-9]{14,20}"),
        Letters("yodel", "JJ{0,1}D[0-9]{16}"),
        Letters("dhl-express", "J[A-Z]{2,3}[0-9]{9,10}"),
        Letters("dhl-ecommerce", "GM[0-9]{16,20}"),
        Letters("postnl", "3S[A-Z0-9]{3,6}[0-9]{7,10}"),
        Letters("yunexpress", "YT[0-9]{16}"),
        Letters("cainiao", "LP[0-9]{14,16}"),
        Letters("4px", "4PX[0-9]{13}CN"),
        Letters("sf-express", "SF[0-9]{12,13}"),
        Letters("gofo", "GFUS[0-9]{14}"),
        Letters("landmark", "LTN[0-9]{8}N1"),
        Letters("speedee", "SP[0-9]{18}"),
        Letters("canpar", "[CDKLSUXZ][0-9]{21}"),
        Letters("lasership", "1LS7[12][0-9]{10}"),
        Letters("lasership", "1LS7[12][0-9]{2}01[1-4][0-9]{6}1"),
        Letters("lasership", "1LSCX[0-9A-Z]{10}"),
        Letters("evri", "[HTC]0[0-9A-Z]{4}[0-9]{10}"),
        Letters("evri", "H[0-9]{19}"),
        Letters("correos", "P[A-Z0-9][A-Z0-9]{4}[0-9]{16}[A-Z]"),
        Letters("la-poste", "[0-9][A-Z][0-9]{11}"),
        Letters("dpd", "[0-9]{14}[A-Z]", Modulo37),
        Letters("dpd", "[0-9]{27}[A-Z]", Modulo37),

        new("dhl", "00340[0-9]{15}", Gs1, ParcelEvidence.Shape),
        new("poczta-polska", "00[0-9]5907733[0-9]{10}", Gs1, ParcelEvidence.Shape),
        // USPS Intelligent Mail package barcodes: the mailer's number has nine digits when it begins with 9, else six.
        new("usps", "9[1-5][0-9]{20}", Gs1, ParcelEvidence.Shape),
        new("usps", "9[45][0-9]{24}", Gs1, ParcelEvidence.Shape),
        new("usps", "92[0-9]{3}9[0-9]{20}", Gs1, ParcelEvidence.Shape),
        new("usps", "93[0-9]{3}[0-8][0-9]{20}", Gs1, ParcelEvidence.Shape),
        new("usps", "94[0-9]{3}9[0-9]{24}", Gs1, ParcelEvidence.Shape),
        // The same with routing: 420 and the receiver's ZIP code of five or nine digits.
        new("usps", "420[0-9]{5}9[1-5][0-9]{20}", n => Gs1(n[8..]), ParcelEvidence.Shape),
        new("usps", "420[0-9]{5}9[45][0-9]{24}", n => Gs1(n[8..]), ParcelEvidence.Shape),
        new("usps", "420[0-9]{5}92[0-9]{3}9[0-9]{20}", n => Gs1(n[8..]), ParcelEvidence.Shape),
        new("usps", "420[0-9]{5}93[0-9]{3}[0-8][0-9]{20}", n => Gs1(n[8..]), ParcelEvidence.Shape),
        new("usps", "420[0-9]{9}9[1-5][0-9]{20}", n => Gs1(n[12..]), ParcelEvidence.Shape),
        new("fedex", "96[0-9]{20}", n => FedExGround(n[7..]), ParcelEvidence.Shape),
        new("fedex", "96[0-9]{32}", n => FedExExpress(n[20..]), ParcelEvidence.Shape),

        // Digits without a check digit do not speak for themselves.
        Digits("inpost", "[56][0-9]{23}"),
        Digits("bpost", "3232[0-9]{20}"),
        Digits("swiss-post", "99[0-9]{16}"),
        Digits("usps", "420[0-9]{25}", n => UspsWithoutIdentifier(n[8..])),
        Digits("usps", "420[0-9]{29}", n => UspsWithoutIdentifier(n[12..])),
        Digits("fedex", "[0-8][0-9]{33}", n => FedExExpress(n[20..])),
        // The legacy barcode: the tracking number stands inside it.
        Digits("fedex", "3[0-9]{31}", n => FedExExpress(n[16..28])),
        Digits("sscc", "00[0-9]{18}", Gs1),
        Digits("usps", "[0-9]{20}", n => Gs1(n) || UspsWithoutIdentifier(n)),
        Digits("dhl-express", "[0-9]{10,11}", Modulo7),
        Digits("old-dominion", "77[78][0-9]{8}", Luhn),
        Digits("old-dominion", "072[0-9]{8}", Luhn),
        Digits("old-dominion", "780[0-9]{8}", Luhn),
        Digits("old-dominion", "80[0-9]{9}", Luhn),
        Digits("dhl", "[0-9]{12}", Identcode),
        Digits("fedex", "[0-9]{12}", FedExExpress),
        Digits("gls", "[0-9]{12}", Gls),
        Digits("purolator", "[0-5][0-9]{11}", Luhn),
        Digits("fedex", "[0-9]{15}", FedExGround),
        Digits("fedex", "[0-9]{18}", n => Gs1(n[2..])),
        Digits("dpd", "0[0-9]{13}"),
        Digits("dpd", "[0-9]{15}", Modulo37),
        Digits("dpd", "[0-9]{28}", Modulo37),
        Digits("hermes", "[0-9]{14}", Gs1),
        Digits("evri", "[0-9]{16}", Gs1),
        Digits("canada-post", "[0-9]{16}", Gs1),
        Digits("ups", "[AHJKTV][0-9]{10}", n => Ups(n[1..])),
        Digits("ontrac", "[CD][0-9]{14}", OnTrac),
        Digits("lasership", "L[AIEHNX][1-3][0-9]{7}"),

        Broad("s10", "[A-Z]{2}[0-9]{9}[A-Z]{2}", IsS10),
        Broad("amazon", "[AFC][0-9]{10}"),
        Broad("purolator", "[A-Z]{3}[0-9]{9}"),
        Broad("dhl-ecommerce", "[0-9]{14}"),
        .. from prefix in "GM LX RX UV CN SG TH IN HK MY".Split(' ') select Broad("dhl-ecommerce", $"{prefix}[0-9][0-9A-Z]{{9,38}}", IsNoWrongS10),
    ];

    private static readonly FrozenDictionary<int, (TrackingFormat Format, Shape Shape)[]> ByLength = All
        .SelectMany(format => format.Shapes, (format, shape) => (Format: format, Shape: shape))
        .GroupBy(f => f.Shape.Length)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>Carriers whose format and check digit the number fits, each once with the least that the text must say for it; empty when none.</summary>
    /// <param name="number">Without spaces, upper case.</param>
    public static IReadOnlyList<(string Carrier, ParcelEvidence Evidence)> Match(ReadOnlySpan<char> number)
    {
        if (!ByLength.TryGetValue(number.Length, out var formats)) return [];
        List<(string Carrier, ParcelEvidence Evidence)>? found = null;
        foreach (var (format, shape) in formats)
        {
            if (!shape.Fits(number) || format.Check?.Invoke(number) == false) continue;
            var carrier = format.Carrier == "s10" ? PostalOperators.Of(number[^2..].ToString()) : format.Carrier;
            if (found is null || !found.Exists(f => f.Carrier == carrier)) (found ??= []).Add((carrier, format.Evidence));
        }
        return found ?? (IReadOnlyList<(string, ParcelEvidence)>)[];
    }

    /// <summary>True when some format has this many signs.</summary>
    internal static bool HasLength(int length) => ByLength.ContainsKey(length);

    // UPU S10 table 1: the first letters in use. Others are reserved; posts have been seen to use them.
    private static bool IsAssignedService(ReadOnlySpan<char> number) => number[0] switch
    {
        'C' or 'E' or 'H' or 'L' or 'M' or 'R' or 'U' or 'V' or 'B' or 'D' or 'N' or 'P' or 'Z' => true,
        'Q' => number[1] <= 'M',
        'A' => number[1] >= 'V',
        'G' => number[1] is 'A' or 'D',
        _ => false,
    };

    private static bool IsS10(ReadOnlySpan<char> number) => S10(number) && PostalOperators.IsCountry(number[^2..].ToString());

    // What looks like a post's number with a wrong check digit is a mistyped one, not another carrier's.
    private static bool IsNoWrongS10(ReadOnlySpan<char> number) =>
        number.Length != 13 || char.IsAsciiDigit(number[^1]) || char.IsAsciiDigit(number[^2]) || number[2..11].IndexOfAnyExceptInRange('0', '9') >= 0 || S10(number);

    private static TrackingFormat Letters(string carrier, string pattern, CheckDigitRule? check = null) => new(carrier, pattern, check, ParcelEvidence.Shape);

    private static TrackingFormat Digits(string carrier, string pattern, CheckDigitRule? check = null) => new(carrier, pattern, check, ParcelEvidence.Parcel);

    private static TrackingFormat Broad(string carrier, string pattern, CheckDigitRule? check = null) => new(carrier, pattern, check, ParcelEvidence.Called);
}
