using System.Collections.Frozen;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>17TRACK's keys for carriers that shops name in words; the service detects the carrier itself where there is none.</summary>
internal static class CarrierKeys
{
    private static readonly FrozenDictionary<string, int> Keys = new Dictionary<string, int>
    {
        ["chinapost"] = 3011,
        ["correos"] = 19181,
        ["correosspain"] = 19181,
        ["colissimo"] = 6051,
        ["laposte"] = 6051,
        ["lapostecolissimo"] = 6051,
        ["dhl"] = 7041,
        ["dhlpaket"] = 7041,
        ["dhlexpress"] = 100001,
        ["dpd"] = 100007,
        ["dpdde"] = 100007,
        ["fedex"] = 100003,
        ["gls"] = 100005,
        ["inpost"] = 100043,
        ["inpostpl"] = 100043,
        ["posteitaliane"] = 9071,
        ["postnl"] = 14041,
        ["postnlinternationalmail"] = 14041,
        ["royalmail"] = 11031,
        ["ups"] = 100002,
        ["usps"] = 21051,
        ["yunexpress"] = 190008,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The key; null when the name is null or new to us.</summary>
    public static int? Find(string? carrier) =>
        carrier is not null && Keys.TryGetValue(new string([.. carrier.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]), out var key) ? key : null;
}
