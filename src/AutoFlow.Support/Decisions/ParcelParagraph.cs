using AutoFlow.Support.Orders;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Support.Decisions;

/// <summary>The paragraph that goes with a parcel's action, filled.</summary>
internal static class ParcelParagraph
{
    public static Paragraph For(
        string action, Shipment shipment, Order? order, OrderParcel? parcel, ParcelMovement movement, DateTimeOffset? until, DateTimeOffset now)
    {
        var name = ("parcel", NameOf(shipment, parcel));
        var scanned = ("scanned", ReplyValue.Of(shipment.LastEventAt));
        var shipped = ("shipped", ReplyValue.Of(parcel?.ShippedAt));
        var location = ("location", ReplyValue.Of(shipment.Events.FirstOrDefault(scan => !string.IsNullOrWhiteSpace(scan.Location))?.Location));
        var link = ("link", ReplyValue.LinkTo(shipment.TrackingUrl ?? parcel?.TrackingUrl));
        var limit = ("date", ReplyValue.Of(until));
        return action switch
        {
            "tell-on-its-way" when shipment.Status == ShipmentStatus.OutForDelivery => Paragraph.Of("out-for-delivery", name, link),
            "tell-on-its-way" => Paragraph.Of("on-its-way", [name, scanned, location, link, .. Window(shipment, now)]),
            "tell-not-yet-handed-over" => Paragraph.Of("not-yet-handed-over", name, link),
            "tell-overdue" => Paragraph.Of("overdue", name, scanned, location, link, ("due", ReplyValue.Of(shipment.EstimatedTo))),
            "open-trace" when shipment.LastEventAt is null || shipment.Status is ShipmentStatus.InfoReceived or ShipmentStatus.NotFound =>
                Paragraph.Of("trace-opened-unscanned", name, shipped, limit),
            "open-trace" when movement.Stalled => Paragraph.Of("trace-opened", name, scanned, location, limit, ("days", ReplyValue.Of(movement.Days))),
            "open-trace" => Paragraph.Of("trace-opened-exception", name, scanned, limit),
            "confirm-address" => Paragraph.Of("address-question", name, limit, ("address", ReplyValue.Of(order?.ShippingAddress.ToString()))),
            "tell-new-attempt" => Paragraph.Of("new-attempt", name, scanned, link),
            "tell-pickup" => Paragraph.Of("pickup", name, location, link),
            "ask-customs-papers" => Paragraph.Of("customs-papers", name, limit, link),
            "tell-customs" => Paragraph.Of("customs", name, scanned, link),
            "neighbour-check" => Paragraph.Of("neighbour-check", name, scanned, location, limit),
            "tell-delivered" => Paragraph.Of("delivered", name, scanned, location, link),
            "compensate-lost" => Paragraph.Of("parcel-lost", name, scanned),
            "compensate-damaged" => Paragraph.Of("parcel-damaged", name),
            "tell-returning" => Paragraph.Of("returning", name),
            "tell-unknown" => Paragraph.Of("parcel-unknown", name, shipped),
            _ => throw new ArgumentOutOfRangeException(nameof(action), action, "No paragraph for this action."),
        };
    }

    /// <summary>Carrier and number, the same in every language.</summary>
    public static ReplyValue? NameOf(Shipment shipment, OrderParcel? parcel) =>
        ReplyValue.Of($"{shipment.Carrier ?? parcel?.Carrier} {shipment.TrackingNumber}".Trim());

    // A day that has passed is never announced.
    public static (string Name, ReplyValue? Value)[] Window(Shipment shipment, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        if (shipment.EstimatedTo is not { } last || last < today) return [];
        return shipment.EstimatedFrom is { } first && first < last && first >= today
            ? [("from", ReplyValue.Of(first)), ("to", ReplyValue.Of(last))]
            : [("by", ReplyValue.Of(last))];
    }
}
