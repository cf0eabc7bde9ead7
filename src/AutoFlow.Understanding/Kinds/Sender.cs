using System.Buffers;

namespace AutoFlow.Understanding.Kinds;

/// <summary>What an address says about who writes from it.</summary>
internal static class Sender
{
    // Local parts as they are compared: lower case without ".", "-" and "_".
    private static readonly string[] Nobody =
        ["noreply", "donotreply", "dontreply", "nichtantworten", "keineantwort", "nepasrepondre", "noresponder", "norespondas", "nonrispondere", "nietbeantwoorden",
         "geenantwoord", "nieodpowiadac", "brakodpowiedzi", "autoresponder", "autoreply", "bounce", "mailer"];

    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>The bare address of <c>Name &lt;a@b&gt;</c> or <c>a@b</c>.</summary>
    public static string Address(string from)
    {
        var open = from.LastIndexOf('<');
        return (open >= 0 ? from[(open + 1)..].TrimEnd('>', ' ') : from).Trim();
    }

    /// <summary>The mail system itself: RFC 5321 section 4.5.1 and 3464 name postmaster; Exchange writes as <c>MicrosoftExchange</c> and 32 hex digits.</summary>
    public static bool IsMailSystem(string address)
    {
        var local = Local(address);
        return local.Equals("mailer-daemon", StringComparison.OrdinalIgnoreCase) || local.Equals("postmaster", StringComparison.OrdinalIgnoreCase)
            || local.Equals("mail-daemon", StringComparison.OrdinalIgnoreCase)
            || (local.StartsWith("MicrosoftExchange", StringComparison.OrdinalIgnoreCase) && local.Length == 49 && !local[17..].ContainsAnyExcept(Hex));
    }

    /// <summary>An address that nobody reads, in the languages of the market.</summary>
    public static bool IsNobody(string address)
    {
        Span<char> plain = stackalloc char[64];
        var length = 0;
        foreach (var c in Local(address))
            if (c is not ('.' or '-' or '_') && length < plain.Length) plain[length++] = char.ToLowerInvariant(c);
        var local = plain[..length];
        foreach (var name in Nobody)
            if (local.StartsWith(name) || local.EndsWith(name)) return true;
        return false;
    }

    private static ReadOnlySpan<char> Local(string address)
    {
        var at = address.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? address : address.AsSpan(0, at);
    }
}
