using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AutoFlow.Support;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>
/// 17TRACK's tracking API v2.x. Failures: <c>carrier-unavailable</c>, <c>carrier-rate-limited</c> and <c>carrier-bad-answer</c> are
/// transient; <c>carrier-unauthorized</c>, <c>carrier-unknown</c> (no carrier fits the number), <c>bad-tracking-number</c>,
/// <c>carrier-quota</c> and <c>carrier-refused</c> are not.
/// </summary>
/// <param name="http">Its base address ends with the API's version and a slash; it sends the key.</param>
public sealed class SeventeenTrackClient(HttpClient http) : ITracking
{
    // 17TRACK's error codes, tracking API v2.2, "Error Code".
    private const int AlreadyRegistered = -18019901;
    private const int NotRegistered = -18019902;
    private const int CarrierNotDetected = -18019903;
    private const int DailyLimit = -18019907;
    private const int QuotaUsedUp = -18019908;
    private const int NoInformation = -18019909;
    private const int BadFormat = -18010012;
    private const int BadField = -18010011;
    private const int InternalError = -18010003;

    private readonly OutsideCall outside = new(http, "carrier");

    /// <inheritdoc/>
    public async Task<Result<bool>> RegisterAsync(string trackingNumber, string? carrier, CancellationToken ct)
    {
        var answer = await PostAsync("register", trackingNumber, CarrierKeys.Find(carrier), ct);
        return answer switch
        {
            { Failure: { } failure } => failure,
            { Value.Error: { Code: not AlreadyRegistered } error } => FailureOf(error),
            _ => true,
        };
    }

    /// <inheritdoc/>
    public async Task<Result<Shipment>> LookUpAsync(string trackingNumber, string? carrier, CancellationToken ct)
    {
        var answer = await PostAsync("gettrackinfo", trackingNumber, null, ct);
        if (answer.Value?.Error?.Code == NotRegistered)
        {
            var registered = await RegisterAsync(trackingNumber, carrier, ct);
            if (registered.Failure is { Code: "carrier-unknown" or "bad-tracking-number" })
                return ShipmentReader.Unknown(trackingNumber, "NotFound_InvalidCode");
            if (registered.Failure is { } failure)
                return failure;
            answer = await PostAsync("gettrackinfo", trackingNumber, null, ct);
        }

        return answer switch
        {
            { Failure: { } failure } => failure,
            { Value.Error.Code: NoInformation or NotRegistered } => ShipmentReader.Unknown(trackingNumber, "NotFound_Other"),
            { Value.Error: { } error } => FailureOf(error),
            { Value.Accepted: { } accepted } => ShipmentReader.Read(trackingNumber, accepted),
            _ => new Failure("carrier-bad-answer", "The carrier service did not speak of the parcel that it was asked for.", IsTransient: true),
        };
    }

    private Task<Result<TrackAnswer>> PostAsync(string path, string number, int? carrier, CancellationToken ct) => outside.SendAsync(
        () => new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create([new TrackRequestItem(number, carrier)], TrackingJson.Default.ListTrackRequestItem) },
        (status, body, inner) => ReadAsync(status, body, number, inner),
        ct);

    private static async Task<Result<TrackAnswer>> ReadAsync(HttpStatusCode status, Stream body, string number, CancellationToken ct)
    {
        if (status != HttpStatusCode.OK)
            return new Failure("carrier-refused", $"The carrier service answered {(int)status}.");
        var response = await JsonSerializer.DeserializeAsync(body, TrackingJson.Default.TrackResponse, ct);
        if (response is { Code: not 0 })
            return FailureOf(new TrackError(response.Code, null));
        return new TrackAnswer(
            (response?.Data?.Accepted ?? []).FirstOrDefault(one => Same(one?.Number, number)),
            (response?.Data?.Rejected ?? []).FirstOrDefault(one => Same(one?.Number, number))?.Error);
    }

    private static bool Same(string? one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static Failure FailureOf(TrackError error) => error.Code switch
    {
        CarrierNotDetected => new Failure("carrier-unknown", "No carrier fits the tracking number."),
        BadFormat or BadField => new Failure("bad-tracking-number", "The tracking number has no form that a carrier uses."),
        DailyLimit => new Failure("carrier-rate-limited", "The carrier service's daily limit is reached.", IsTransient: true),
        QuotaUsedUp => new Failure("carrier-quota", "The carrier service's quota is used up."),
        InternalError => new Failure("carrier-unavailable", "The carrier service has an internal error.", IsTransient: true),
        _ => new Failure("carrier-refused", $"The carrier service refused with code {error.Code}."),
    };

    private sealed record TrackAnswer(TrackedNumber? Accepted, TrackError? Error);
}
