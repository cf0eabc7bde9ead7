using System.Text.RegularExpressions;

namespace AutoFlow.Understanding.Entities;

/// <summary>A carrier's parcel number: its shape, and its check digit where the carrier uses one.</summary>
/// <param name="Carrier">A short lower-case code: <c>dhl</c>, <c>ups</c>, <c>la-poste</c>. For <c>s10</c> the country letters name the post.</param>
/// <param name="Shape">Matched against the whole number without spaces, upper case.</param>
/// <param name="Check">Null where the carrier publishes no rule.</param>
/// <param name="Speaks">True when the shape alone tells a parcel number (letters, or a long number with a known prefix); a plain run of digits needs words around it that call it one.</param>
public sealed record TrackingFormat(string Carrier, Regex Shape, Func<string, bool>? Check, bool Speaks)
{
    /// <summary>True when the number has this shape and its check digit is right.</summary>
    public bool Fits(string number) => Shape.IsMatch(number) && (Check is null || Check(number));
}

/// <summary>The formats of the carriers that ship to and within the market. Rules: UPU S10, GS1 SSCC, ISO 7064 and the carriers' own documents.</summary>
public static class TrackingFormats
{
    /// <summary>Shortest and longest number, in signs without spaces.</summary>
    public const int Shortest = 8, Longest = 28;

    public static readonly IReadOnlyList<TrackingFormat> All =
    [
        Letters("s10", "[A-Z]{2}[0-9]{9}[A-Z]{2}", n => CheckDigits.S10(n) && PostalOperators.IsCountry(n[^2..])),
        Letters("yanwen", "[A-Z]{2}[0-9]{9}YP"),
        Letters("ups", "1Z[A-Z0-9]{15}[0-9]", CheckDigits.Ups),
        Letters("amazon", "TB[ACM][0-9]{12}"),
        Letters("dhl", "J(JD|VGL|D)[0-9]{14,20}"),
        Letters("yodel", "JJ?D[0-9]{16}"),
        Letters("dhl-express", "J[A-Z]{2,3}[0-9]{9,10}"),
        Letters("dhl-ecommerce", "GM[0-9]{16,20}"),
        Letters("postnl", "3S[A-Z0-9]{3,6}[0-9]{7,10}"),
        Letters("yunexpress", "YT[0-9]{16}"),
        Letters("cainiao", "LP[0-9]{14,16}"),
        Letters("4px", "4PX[0-9]{13}CN"),
        Letters("sf-express", "SF[0-9]{12,13}"),
        Letters("gofo", "GFUS[0-9]{14}"),
        Letters("evri", "[HTC]0[0-9A-Z]{4}[0-9]{10}"),
        Letters("evri", "H[0-9]{19}"),
        Letters("correos", "P[A-Z0-9][A-Z0-9]{4}[0-9]{16}[A-Z]"),
        Letters("la-poste", "[0-9][A-Z][0-9]{11}"),
        Letters("dpd", "[0-9]{14}[A-Z]", CheckDigits.Modulo37),
        Letters("dpd", "[0-9]{27}[A-Z]", CheckDigits.Modulo37),

        new("dhl", Whole("00340[0-9]{15}"), CheckDigits.Gs1, true),
        new("poczta-polska", Whole("00[0-9]5907733[0-9]{10}"), CheckDigits.Gs1, true),
        new("inpost", Whole("[56][0-9]{23}"), null, true),
        new("bpost", Whole("3232[0-9]{20}"), null, true),
        new("usps", Whole("9[1-5][0-9]{20}"), CheckDigits.Gs1, true),
        new("fedex", Whole("96[0-9]{20}"), n => CheckDigits.FedExGround(n[7..]), true),
        new("swiss-post", Whole("99[0-9]{16}"), null, true),

        Digits("sscc", "00[0-9]{18}", CheckDigits.Gs1),
        Digits("usps", "[0-9]{20}", CheckDigits.Gs1),
        Digits("dhl-express", "[0-9]{10,11}", CheckDigits.Modulo7),
        Digits("dhl", "[0-9]{12}", CheckDigits.Identcode),
        Digits("fedex", "[0-9]{12}", CheckDigits.FedEx12),
        Digits("gls", "[0-9]{12}", CheckDigits.Gls),
        Digits("fedex", "[0-9]{15}", CheckDigits.FedExGround),
        Digits("dpd", "0[0-9]{13}"),
        Digits("dpd", "[0-9]{15}", CheckDigits.Modulo37),
        Digits("hermes", "[0-9]{14}", CheckDigits.Gs1),
        Digits("evri", "[0-9]{16}", CheckDigits.Gs1),
        Digits("canada-post", "[0-9]{16}", CheckDigits.Gs1),
    ];

    /// <summary>Carriers whose format and check digit the number fits, each once; empty when none.</summary>
    /// <param name="number">Without spaces, upper case.</param>
    public static IReadOnlyList<(string Carrier, bool Speaks)> Match(string number) =>
        [.. All.Where(f => f.Fits(number)).Select(f => (f.Carrier == "s10" ? PostalOperators.Of(number[^2..]) : f.Carrier, f.Speaks)).DistinctBy(c => c.Item1)];

    private static TrackingFormat Letters(string carrier, string shape, Func<string, bool>? check = null) => new(carrier, Whole(shape), check, true);

    private static TrackingFormat Digits(string carrier, string shape, Func<string, bool>? check = null) => new(carrier, Whole(shape), check, false);

    private static Regex Whole(string shape) => new($"^{shape}\\z", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
}
