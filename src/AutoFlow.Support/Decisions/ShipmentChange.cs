using AutoFlow.Support.Replies;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Support.Decisions;

/// <summary>Whether a parcel's change is worth a message to the customer.</summary>
/// <param name="Tell">True when the customer should hear of it.</param>
/// <param name="State">What happened, kebab-case: <c>none</c>, <c>out-for-delivery</c>, <c>delivered</c>, <c>failed-attempt</c>, <c>address</c>, <c>pickup</c>, <c>delayed</c>, <c>customs</c>, <c>customs-papers</c>, <c>returning</c>, <c>moving</c>, <c>lost</c> or <c>damaged</c>.</param>
/// <param name="Final">True when nothing more will come: the watch ends, or (lost, damaged, returning) the parcel must be decided again.</param>
/// <param name="Paragraph">What to say; null unless <paramref name="Tell"/>.</param>
public sealed record ShipmentChange(bool Tell, string State, bool Final, Paragraph? Paragraph)
{
    /// <param name="previous">The state that the customer knows; null when none was told.</param>
    /// <param name="traced">True while a trace is open because the parcel did not move.</param>
    public static ShipmentChange Decide(Shipment? previous, Shipment now, bool traced = false)
    {
        // A push may come late: an older state says nothing new.
        var older = previous?.LastEventAt is { } known && (now.LastEventAt is not { } time || time < known);
        var state = older ? "none" : StateOf(previous, now, traced);
        if (state == "none") return new(false, state, IsFinal(StateOf(now)), null);

        var link = ("link", ReplyValue.LinkTo(now.TrackingUrl));
        var location = ("location", ReplyValue.Of(now.Events.FirstOrDefault(scan => !string.IsNullOrWhiteSpace(scan.Location))?.Location));
        return new(true, state, IsFinal(state), Paragraph.Of($"update-{state}",
            ("parcel", ParcelParagraph.NameOf(now, null)), ("scanned", ReplyValue.Of(now.LastEventAt)), ("by", ReplyValue.Of(now.EstimatedTo)), location, link));
    }

    private static bool IsFinal(string state) => state is "delivered" or "returning" or "lost" or "damaged";

    private static string StateOf(Shipment? previous, Shipment now, bool traced)
    {
        var state = StateOf(now);
        if (state != "none" && (previous is null || StateOf(previous) != state)) return state;
        if (traced && now.LastEventAt > (previous?.LastEventAt ?? DateTimeOffset.MinValue)) return "moving";
        return state == "none" && now.EstimatedTo > previous?.EstimatedTo ? "delayed" : "none";
    }

    private static string StateOf(Shipment shipment) => (shipment.Status, shipment.SubStatus) switch
    {
        (ShipmentStatus.Delivered, _) => "delivered",
        (ShipmentStatus.OutForDelivery, _) => "out-for-delivery",
        (ShipmentStatus.AvailableForPickup, _) => "pickup",
        (_, "DeliveryFailure_InvalidAddress" or "Exception_NoBody") => "address",
        (_, "DeliveryFailure_Rejected" or "Exception_Rejected" or "Exception_Returning" or "Exception_Returned") => "returning",
        (_, "DeliveryFailure_Security" or "Exception_Security" or "InTransit_CustomsProcessing") => "customs",
        (_, "InTransit_CustomsRequiringInformation") => "customs-papers",
        (ShipmentStatus.DeliveryFailure, _) => "failed-attempt",
        (_, "Exception_Lost" or "Exception_Destroyed") => "lost",
        (_, "Exception_Damage") => "damaged",
        (_, "Exception_Delayed") => "delayed",
        _ => "none",
    };
}
