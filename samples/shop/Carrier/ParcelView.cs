using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>What is known of a parcel at one moment; a pure function of the script and the time.</summary>
/// <param name="SubStatus">17TRACK's sub status.</param>
/// <param name="Events">Newest first, only lines that the carrier shows.</param>
/// <param name="Happened">How many entries of the script have happened, shown or not.</param>
public sealed record ParcelView(string SubStatus, IReadOnlyList<SampleParcelEvent> Events, int Happened)
{
    /// <summary>17TRACK's main status: the sub status up to the underscore.</summary>
    public string Status => SubStatus.Split('_')[0];

    /// <summary>The parcel at <paramref name="offset"/> after the epoch.</summary>
    public static ParcelView At(SampleParcel? parcel, TimeSpan offset)
    {
        var past = parcel?.Events.Where(happened => happened.At <= offset).ToList() ?? [];
        return new ParcelView(
            past.Count > 0 ? past[^1].SubStatus : parcel?.UnknownAs ?? "NotFound_Other",
            [.. past.Where(happened => happened.Scan).Reverse()],
            past.Count);
    }

    /// <summary>17TRACK's key stage of a sub status; null for those that are none.</summary>
    public static string? StageOf(string subStatus) => subStatus switch
    {
        "InfoReceived" => "InfoReceived",
        "InTransit_PickedUp" => "PickedUp",
        "InTransit_Departure" => "Departure",
        "InTransit_Arrival" => "Arrival",
        "AvailableForPickup_Other" => "AvailableForPickup",
        "OutForDelivery_Other" => "OutForDelivery",
        "Delivered_Other" => "Delivered",
        "Exception_Returning" => "Returning",
        "Exception_Returned" => "Returned",
        _ => null,
    };
}
