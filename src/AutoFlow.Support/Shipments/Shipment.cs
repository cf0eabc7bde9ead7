using System.Text.Json.Serialization;

namespace AutoFlow.Support.Shipments;

/// <summary>17TRACK's main status of a parcel (tracking API v2.2, "Main status of shipment").</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShipmentStatus>))]
public enum ShipmentStatus
{
    NotFound,
    InfoReceived,
    InTransit,
    Expired,
    AvailableForPickup,
    OutForDelivery,
    DeliveryFailure,
    Delivered,
    Exception,
}

/// <summary>One scan of a parcel.</summary>
/// <param name="At">UTC.</param>
/// <param name="Description">The carrier's own words; data, never shown as an instruction.</param>
/// <param name="SubStatus">17TRACK's sub status of this scan, for example <c>InTransit_PickedUp</c>; null when none.</param>
public sealed record ShipmentEvent(DateTimeOffset At, string Description, string? Location, string? SubStatus);

/// <summary>A parcel's state, normalised to 17TRACK's words.</summary>
public sealed record Shipment
{
    public required string TrackingNumber { get; init; }

    /// <summary>The carrier's name for a person ("DHL Paket"); null when unknown.</summary>
    public string? Carrier { get; init; }

    public required ShipmentStatus Status { get; init; }

    /// <summary>17TRACK's sub status, for example <c>Exception_Lost</c> or <c>DeliveryFailure_InvalidAddress</c>.</summary>
    public required string SubStatus { get; init; }

    /// <summary>Time of the newest scan, UTC; null when there is none.</summary>
    public DateTimeOffset? LastEventAt { get; init; }

    /// <summary>First day of the carrier's delivery window; null when the carrier gives none.</summary>
    public DateOnly? EstimatedFrom { get; init; }

    /// <summary>Last day of the carrier's delivery window; null when the carrier gives none.</summary>
    public DateOnly? EstimatedTo { get; init; }

    public string? TrackingUrl { get; init; }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<ShipmentEvent> Events { get; init; } = [];
}
