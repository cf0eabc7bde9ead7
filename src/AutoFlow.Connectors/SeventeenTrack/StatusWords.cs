using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>
/// 17TRACK's main and sub status words (tracking API v2.2, "Main status of shipment" and "Sub-status of shipment"). A word
/// that is new to us never becomes a promise: it is told from its prefix, else it is an irregularity for a person.
/// </summary>
public static class StatusWords
{
    /// <summary>The sub statuses that the documentation lists.</summary>
    public static IReadOnlyList<string> Documented { get; } =
    [
        "NotFound_Other", "NotFound_InvalidCode", "InfoReceived",
        "InTransit_PickedUp", "InTransit_Other", "InTransit_Departure", "InTransit_Arrival",
        "InTransit_CustomsProcessing", "InTransit_CustomsReleased", "InTransit_CustomsRequiringInformation",
        "Expired_Other", "AvailableForPickup_Other", "OutForDelivery_Other",
        "DeliveryFailure_Other", "DeliveryFailure_NoBody", "DeliveryFailure_Security", "DeliveryFailure_Rejected", "DeliveryFailure_InvalidAddress",
        "Delivered_Other",
        "Exception_Other", "Exception_Returning", "Exception_Returned", "Exception_NoBody", "Exception_Security", "Exception_Damage",
        "Exception_Rejected", "Exception_Delayed", "Exception_Lost", "Exception_Destroyed", "Exception_Cancel",
    ];

    /// <summary>The status and sub status to go by.</summary>
    /// <param name="status">The main word; null when missing.</param>
    /// <param name="subStatus">The finer word; null when missing. It is kept when it belongs to the main word, even a new one.</param>
    /// <param name="hasEvents">Whether the carrier has shown any scan.</param>
    public static (ShipmentStatus Status, string SubStatus) Read(string? status, string? subStatus, bool hasEvents)
    {
        var main = Main(status) ?? Main(subStatus?.Split('_')[0]) ?? (hasEvents ? ShipmentStatus.Exception : ShipmentStatus.NotFound);
        var belongs = subStatus is not null && (subStatus == main.ToString() || subStatus.StartsWith(main + "_", StringComparison.Ordinal));
        return (main, belongs ? subStatus! : main == ShipmentStatus.InfoReceived ? "InfoReceived" : main + "_Other");
    }

    // Only the names themselves: Enum.TryParse alone would take numbers and lists too.
    private static ShipmentStatus? Main(string? word) =>
        Enum.TryParse<ShipmentStatus>(word, ignoreCase: false, out var status) && status.ToString() == word ? status : null;
}
