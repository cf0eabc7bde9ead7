using System.Globalization;
using System.Text.RegularExpressions;

namespace AutoFlow.Workflows.Schemas.Formats;

/// <summary>Addresses of people and machines.</summary>
internal static partial class AddressFormats
{
    private const string Octet = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";

    /// <summary>A mailbox by RFC 5321, section 4.1.2: a dotted or a quoted local part, a host name or an address literal.</summary>
    public static bool IsEmail(string text)
    {
        var at = text.LastIndexOf('@');
        if (at is < 1 or > 64 || at == text.Length - 1) return false;
        var (local, domain) = (text[..at], text[(at + 1)..]);
        if (!DottedLocalPart().IsMatch(local) && !QuotedLocalPart().IsMatch(local)) return false;
        if (domain is not ['[', .., ']']) return IsHostName(domain);
        var literal = domain[1..^1];
        return literal.StartsWith("IPv6:", StringComparison.OrdinalIgnoreCase) ? IsIPv6(literal[5..]) : IsIPv4(literal);
    }

    /// <summary>A host name by RFC 1123, section 2.1.</summary>
    public static bool IsHostName(string text) => text.Length <= 253 && HostName().IsMatch(text);

    /// <summary>Dotted decimal by RFC 2673, section 3.2, without leading zeros.</summary>
    public static bool IsIPv4(string text) => IPv4().IsMatch(text);

    /// <summary>RFC 4291, section 2.2, without a zone.</summary>
    public static bool IsIPv6(string text)
    {
        var gap = text.IndexOf("::", StringComparison.Ordinal);
        if (gap < 0) return Groups(text) == 8;
        if (text.IndexOf("::", gap + 1, StringComparison.Ordinal) >= 0) return false;
        var (before, after) = (text[..gap], text[(gap + 2)..]);
        if (before.Contains('.', StringComparison.Ordinal)) return false;
        var left = before.Length == 0 ? 0 : Groups(before);
        var right = after.Length == 0 ? 0 : Groups(after);
        return left >= 0 && right >= 0 && left + right <= 7;
    }

    /// <summary>How many groups of 16 bits these are; -1 when one is wrong. An IPv4 address at the end counts as two.</summary>
    private static int Groups(string text)
    {
        var parts = text.Split(':');
        var count = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            if (i == parts.Length - 1 && IsIPv4(parts[i])) count += 2;
            else if (parts[i].Length is >= 1 and <= 4 && ushort.TryParse(parts[i], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _)) count++;
            else return -1;
        }

        return count;
    }

    [GeneratedRegex(@"^[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[a-zA-Z0-9!#$%&'*+/=?^_`{|}~-]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex DottedLocalPart();

    [GeneratedRegex(@"^""(?:[ !#-\[\]-~]|\\[ -~])*""\z", RegexOptions.CultureInvariant)]
    private static partial Regex QuotedLocalPart();

    [GeneratedRegex(@"^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex HostName();

    [GeneratedRegex($@"^(?:{Octet}\.){{3}}{Octet}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IPv4();
}
