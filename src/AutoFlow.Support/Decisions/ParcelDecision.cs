using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Support.Decisions;

/// <summary>What to do about one parcel that a customer asks about.</summary>
public sealed record ParcelDecision
{
    /// <summary>
    /// One of <c>tell-on-its-way</c>, <c>tell-not-yet-handed-over</c>, <c>tell-overdue</c>, <c>open-trace</c>, <c>confirm-address</c>,
    /// <c>tell-new-attempt</c>, <c>tell-pickup</c>, <c>ask-customs-papers</c>, <c>tell-customs</c>, <c>neighbour-check</c>,
    /// <c>tell-delivered</c>, <c>compensate-lost</c>, <c>compensate-damaged</c>, <c>tell-returning</c>, <c>tell-unknown</c>.
    /// </summary>
    public required string Action { get; init; }

    /// <summary>Why, for a person of the shop; no personal data.</summary>
    public required string Reason { get; init; }

    public required string TrackingNumber { get; init; }
    public string? Carrier { get; init; }
    public required int DaysWithoutMovement { get; init; }

    /// <summary>UTC; null when never scanned.</summary>
    public DateTimeOffset? LastScanAt { get; init; }

    /// <summary>The carrier's own words of the last scan; data.</summary>
    public string? LastScan { get; init; }

    public string? Location { get; init; }
    public DateOnly? EstimatedFrom { get; init; }
    public DateOnly? EstimatedTo { get; init; }
    public string? Link { get; init; }

    /// <summary>Until when (UTC) the customer's or the carrier's answer is awaited; null for actions that wait for none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What to tell the customer.</summary>
    public required Paragraph Paragraph { get; init; }

    /// <param name="order">Null when only the parcel is known.</param>
    /// <param name="parcel">Null when the shop does not know the parcel.</param>
    /// <param name="now">UTC.</param>
    /// <param name="customerSaysNotReceived">True when the customer says that a delivered parcel is not there.</param>
    public static ParcelDecision Decide(
        Shipment shipment, Order? order, OrderParcel? parcel, DeliveryPolicy policy, DateTimeOffset now, bool customerSaysNotReceived)
    {
        var movement = ParcelMovement.Of(shipment, order, parcel, policy, now);
        var (action, reason) = Choose(shipment, movement, policy, now, customerSaysNotReceived);
        DateTimeOffset? until = action switch
        {
            "confirm-address" or "ask-customs-papers" => now + policy.AnswerWithin,
            "neighbour-check" => now + policy.NeighbourCheckWithin,
            "open-trace" => now + policy.TraceAnswerWithin,
            _ => null,
        };
        return new ParcelDecision
        {
            Action = action,
            Reason = reason,
            TrackingNumber = shipment.TrackingNumber,
            Carrier = shipment.Carrier ?? parcel?.Carrier,
            DaysWithoutMovement = movement.Days,
            LastScanAt = shipment.LastEventAt,
            LastScan = shipment.Events.Count > 0 ? shipment.Events[0].Description : null,
            Location = shipment.Events.FirstOrDefault(scan => !string.IsNullOrWhiteSpace(scan.Location))?.Location,
            EstimatedFrom = shipment.EstimatedFrom,
            EstimatedTo = shipment.EstimatedTo,
            Link = shipment.TrackingUrl ?? parcel?.TrackingUrl,
            Until = until,
            Paragraph = ParcelParagraph.For(action, shipment, order, parcel, movement, until, now),
        };
    }

    private static (string Action, string Reason) Choose(
        Shipment shipment, ParcelMovement movement, DeliveryPolicy policy, DateTimeOffset now, bool notReceived) => shipment.Status switch
        {
            ShipmentStatus.Delivered => notReceived
                ? ("neighbour-check", "delivered, but the customer does not have it")
                : ("tell-delivered", "delivered"),
            ShipmentStatus.AvailableForPickup => ("tell-pickup", "waits at a pick-up place"),
            ShipmentStatus.Expired => ("compensate-lost", $"expired after {movement.Days} days without a scan"),
            ShipmentStatus.DeliveryFailure or ShipmentStatus.Exception => ForTrouble(shipment.SubStatus, movement)
                ?? ForMovement(shipment, movement, policy, now),
            _ => ForMovement(shipment, movement, policy, now),
        };

    // 17TRACK's sub statuses that say by themselves what to do; null for those where the time without a scan decides.
    private static (string Action, string Reason)? ForTrouble(string subStatus, ParcelMovement movement) => subStatus switch
    {
        "Exception_Lost" or "Exception_Destroyed" => ("compensate-lost", "the carrier says that it is lost"),
        "Exception_Damage" => ("compensate-damaged", "the carrier says that it is damaged"),
        "Exception_Returning" or "Exception_Returned" or "Exception_Rejected" or "DeliveryFailure_Rejected" =>
            ("tell-returning", "on its way back to the sender"),
        "DeliveryFailure_InvalidAddress" => ("confirm-address", "not delivered because of the address"),
        "Exception_NoBody" => ("confirm-address", "the carrier cannot find the recipient"),
        "Exception_Cancel" => ("open-trace", "the carrier says that the shipment was cancelled"),
        "Exception_Other" when !movement.Lost => ("open-trace", "the carrier reports an exception without a cause"),
        _ => null,
    };

    private static (string Action, string Reason) ForMovement(Shipment shipment, ParcelMovement movement, DeliveryPolicy policy, DateTimeOffset now)
    {
        var days = $"no movement for {movement.Days} days ({movement.Route.ToString().ToLowerInvariant()})";
        if (movement.Lost) return ("compensate-lost", days);
        if (shipment.SubStatus == "InTransit_CustomsRequiringInformation") return ("ask-customs-papers", "customs needs papers");
        if (movement.Stalled) return ("open-trace", days);
        return shipment switch
        {
            { Status: ShipmentStatus.NotFound } => ("tell-unknown", "the carrier does not know it yet"),
            { Status: ShipmentStatus.InfoReceived } => ("tell-not-yet-handed-over", "announced, not scanned yet"),
            { SubStatus: "InTransit_CustomsProcessing" or "Exception_Security" or "DeliveryFailure_Security" } => ("tell-customs", "held for checks or with customs"),
            { Status: ShipmentStatus.DeliveryFailure } => ("tell-new-attempt", "a delivery attempt failed"),
            { SubStatus: "Exception_Delayed" } => ("tell-overdue", "the carrier reports a delay"),
            { EstimatedTo: { } day } when IsOverdue(day, policy, now) => ("tell-overdue", "the announced day has passed"),
            { Status: ShipmentStatus.OutForDelivery } => ("tell-on-its-way", "out for delivery"),
            _ => ("tell-on-its-way", "in transit"),
        };
    }

    private static bool IsOverdue(DateOnly lastDay, DeliveryPolicy policy, DateTimeOffset now) =>
        now >= new DateTimeOffset(lastDay.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero) + policy.OverdueGrace;
}
