using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Schemas.Formats;

/// <summary>URIs (RFC 3986) and other names.</summary>
internal static partial class UriFormats
{
    public static bool IsUri(string text) => Reference().Match(text) is { Success: true } match && match.Groups["scheme"].Success && Fits(match);

    public static bool IsReference(string text) => Reference().Match(text) is { Success: true } match && Fits(match);

    public static bool IsUuid(string text) => Uuid().IsMatch(text);

    public static bool IsJsonPointer(string text) => Pointer().IsMatch(text);

    private static bool Fits(Match match)
    {
        var host = match.Groups["host"].Value;
        if (host is not ['[', .., ']']) return true;
        return AddressFormats.IsIPv6(host[1..^1]) || FutureAddress().IsMatch(host);
    }

    // A path whose first segment has a colon would read as a scheme.
    [GeneratedRegex(
        """
        ^(?:(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*):)?
        (?://(?:(?:[a-zA-Z0-9._~!$&'()*+,;=:-]|%[0-9a-fA-F]{2})*@)?(?<host>\[[0-9a-fA-F:.vV_~!$&'()*+,;=-]*\]|(?:[a-zA-Z0-9._~!$&'()*+,;=-]|%[0-9a-fA-F]{2})*)(?::[0-9]*)?(?=[/?\#]|\z)
        |(?!//)(?(scheme)|(?![^/?\#]*:)))
        (?:[a-zA-Z0-9._~!$&'()*+,;=:@/-]|%[0-9a-fA-F]{2})*
        (?:\?(?:[a-zA-Z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-fA-F]{2})*)?
        (?:\#(?:[a-zA-Z0-9._~!$&'()*+,;=:@/?-]|%[0-9a-fA-F]{2})*)?\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Reference();

    [GeneratedRegex(@"^\[[vV][0-9a-fA-F]+\.[a-zA-Z0-9._~!$&'()*+,;=:-]+\]\z", RegexOptions.CultureInvariant)]
    private static partial Regex FutureAddress();

    [GeneratedRegex("^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Uuid();

    [GeneratedRegex(@"^(?:/(?:[^~/]|~[01])*)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pointer();
}
