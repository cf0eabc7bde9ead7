using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Support.Decisions;

/// <summary>How long a parcel has not moved, and what its route allows.</summary>
public sealed record ParcelMovement
{
    public required DeliveryRoute Route { get; init; }

    /// <summary>The newest scan, else the hand-over, else the order's time, UTC; null when nothing is known.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Zero when nothing is known.</summary>
    public required TimeSpan Still { get; init; }

    /// <summary>From the policy's duration on (exactly N days counts), a trace is opened.</summary>
    public required bool Stalled { get; init; }

    /// <summary>From the policy's duration on, it is treated as lost.</summary>
    public required bool Lost { get; init; }

    /// <summary>Whole days without a scan.</summary>
    public int Days => (int)Still.TotalDays;

    public static ParcelMovement Of(Shipment shipment, Order? order, OrderParcel? parcel, DeliveryPolicy policy, DateTimeOffset now)
    {
        var since = shipment.LastEventAt ?? parcel?.ShippedAt ?? order?.PlacedAt;
        var still = since is { } time && time < now ? now - time : TimeSpan.Zero;
        var route = shipment.SubStatus is "InTransit_CustomsProcessing" or "InTransit_CustomsRequiringInformation"
                or "Exception_Security" or "DeliveryFailure_Security" ? DeliveryRoute.Customs
            : order?.ShippingAddress.Country == policy.ShipsFrom ? DeliveryRoute.Domestic
            : DeliveryRoute.International;
        var scanned = shipment.Status is not (ShipmentStatus.NotFound or ShipmentStatus.InfoReceived);
        return new ParcelMovement
        {
            Route = route,
            Since = since,
            Still = still,
            Stalled = still >= (scanned ? policy.NoMovementAfter.For(route) : policy.NotScannedAfter),
            Lost = still >= policy.LostAfter.For(route),
        };
    }
}
