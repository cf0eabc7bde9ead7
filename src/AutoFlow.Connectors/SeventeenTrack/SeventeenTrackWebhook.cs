using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AutoFlow.Support;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>
/// Reads 17TRACK's pushes. Their header <c>sign</c> is the SHA-256 of the raw body, a slash and the access key, in lower case
/// hex (tracking API v2.2, "Webhook", "Signature"); it is compared in constant time.
/// </summary>
public sealed class SeventeenTrackWebhook(string apiKey) : ITrackingWebhook
{
    /// <inheritdoc/>
    public Result<Shipment> Read(string body, string? signature)
    {
        if (signature is null || !IsSigned(body, signature))
            return new Failure("bad-signature", "The push is not signed with our key.");
        TrackPush? push;
        try
        {
            push = JsonSerializer.Deserialize(body, TrackingJson.Default.TrackPush);
        }
        catch (JsonException)
        {
            return new Failure("bad-payload", "The push is not the JSON that 17TRACK documents.");
        }

        return push switch
        {
            { Event: null } or null => new Failure("bad-payload", "The push names no event."),
            { Event: not "TRACKING_UPDATED" } => new Failure("not-an-update", "The push tells no change of a parcel."),
            { Data: { Number: { Length: > 0 } number, TrackInfo: not null } data } => ShipmentReader.Read(number, data),
            _ => new Failure("bad-payload", "The push holds no parcel."),
        };
    }

    private bool IsSigned(string body, string signature)
    {
        var expected = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{body}/{apiKey}")));
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature.ToLowerInvariant()));
    }
}
