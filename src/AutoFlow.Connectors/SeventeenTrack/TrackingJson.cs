using System.Text.Json.Serialization;

namespace AutoFlow.Connectors.SeventeenTrack;

// The parts of 17TRACK's tracking API v2.2 that are read; everything may be missing, since it comes from outside.

internal sealed record TrackRequestItem(string Number, int? Carrier);

internal sealed record TrackResponse(int Code, TrackResponseData? Data);

internal sealed record TrackResponseData(IReadOnlyList<TrackedNumber?>? Accepted, IReadOnlyList<RejectedNumber?>? Rejected);

internal sealed record RejectedNumber(string? Number, TrackError? Error);

internal sealed record TrackError(int Code, string? Message);

internal sealed record TrackPush(string? Event, TrackedNumber? Data);

internal sealed record TrackedNumber(string? Number, int? Carrier, TrackInfo? TrackInfo);

internal sealed record TrackInfo(LatestStatus? LatestStatus, TimeMetrics? TimeMetrics, Tracking? Tracking);

internal sealed record LatestStatus(string? Status, string? SubStatus);

internal sealed record TimeMetrics(EstimatedDeliveryDate? EstimatedDeliveryDate);

internal sealed record EstimatedDeliveryDate(string? From, string? To);

internal sealed record Tracking(IReadOnlyList<TrackingProvider?>? Providers);

internal sealed record TrackingProvider(Provider? Provider, IReadOnlyList<TrackEvent?>? Events);

internal sealed record Provider(string? Name);

internal sealed record TrackEvent(string? TimeUtc, string? TimeIso, string? Description, string? Location, string? SubStatus);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<TrackRequestItem>))]
[JsonSerializable(typeof(TrackResponse))]
[JsonSerializable(typeof(TrackPush))]
internal sealed partial class TrackingJson : JsonSerializerContext;
