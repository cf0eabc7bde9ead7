using System.Globalization;
using System.Text.Json.Nodes;
using AutoFlow.SampleShop.Data;

namespace AutoFlow.SampleShop.Carrier;

/// <summary>Writes a parcel as the <c>track_info</c> of 17TRACK's tracking API v2.2 (gettrackinfo and the webhook share it).</summary>
internal sealed class TrackInfoJson(SampleData data, DateTimeOffset epoch)
{
    private static readonly string[] Milestones =
        ["InfoReceived", "PickedUp", "Departure", "Arrival", "AvailableForPickup", "OutForDelivery", "Delivered", "Returning", "Returned"];

    /// <summary>One entry of <c>accepted</c>, or the <c>data</c> of a push.</summary>
    public JsonObject Write(string number, int carrier, DateTimeOffset now)
    {
        var parcel = data.FindParcel(number);
        var view = ParcelView.At(parcel, now - epoch);
        return new JsonObject
        {
            ["number"] = number,
            ["carrier"] = carrier,
            ["param"] = null,
            ["tag"] = null,
            ["track_info"] = new JsonObject
            {
                ["shipping_info"] = new JsonObject { ["shipper_address"] = Country(parcel?.Origin), ["recipient_address"] = Country(parcel?.Destination) },
                ["latest_status"] = new JsonObject { ["status"] = view.Status, ["sub_status"] = view.SubStatus, ["sub_status_descr"] = null },
                ["latest_event"] = view.Events.Count > 0 ? Event(view.Events[0]) : null,
                ["time_metrics"] = Metrics(parcel, view, now),
                ["milestone"] = new JsonArray([.. Milestones.Select(stage => Milestone(stage, view))]),
                ["misc_info"] = new JsonObject { ["service_type"] = null, ["weight_raw"] = null, ["pieces"] = null },
                ["tracking"] = new JsonObject { ["providers_hash"] = view.Happened, ["providers"] = Providers(carrier, view) },
            },
        };
    }

    private JsonArray Providers(int carrier, ParcelView view) =>
    [
        new JsonObject
        {
            ["provider"] = new JsonObject
            {
                ["key"] = carrier,
                ["name"] = data.FindCarrier(carrier)?.Name,
                ["homepage"] = null,
                ["country"] = data.FindCarrier(carrier)?.Country,
            },
            ["service_type"] = null,
            ["latest_sync_status"] = "Success",
            ["events"] = new JsonArray([.. view.Events.Select(Event)]),
        },
    ];

    private JsonObject Event(SampleParcelEvent happened) => new()
    {
        ["time_iso"] = Iso(epoch + happened.At),
        ["time_utc"] = Utc(epoch + happened.At),
        ["description"] = happened.Description,
        ["location"] = happened.Location,
        ["stage"] = ParcelView.StageOf(happened.SubStatus),
        ["sub_status"] = happened.SubStatus,
    };

    private JsonObject Milestone(string stage, ParcelView view)
    {
        var first = view.Events.LastOrDefault(happened => ParcelView.StageOf(happened.SubStatus) == stage);
        return new JsonObject
        {
            ["key_stage"] = stage,
            ["time_iso"] = first is null ? null : Iso(epoch + first.At),
            ["time_utc"] = first is null ? null : Utc(epoch + first.At),
        };
    }

    private JsonObject Metrics(SampleParcel? parcel, ParcelView view, DateTimeOffset now)
    {
        var end = view.Status == "Delivered" ? view.Events[0].At : now - epoch;
        var transit = view.Events.Count > 0 ? (end - view.Events[^1].At).Days : 0;
        return new JsonObject
        {
            ["days_after_order"] = transit,
            ["days_of_transit"] = transit,
            ["days_of_transit_done"] = view.Status == "Delivered" ? transit : 0,
            ["days_after_last_update"] = view.Events.Count > 0 ? (now - epoch - view.Events[0].At).Days : 0,
            ["estimated_delivery_date"] = new JsonObject
            {
                ["source"] = parcel?.Estimated?.Source,
                ["from"] = parcel?.Estimated is { } from ? Iso(epoch + from.From) : null,
                ["to"] = parcel?.Estimated is { } to ? Iso(epoch + to.To) : null,
            },
        };
    }

    private static JsonObject Country(string? code) => new() { ["country"] = code, ["state"] = null, ["city"] = null, ["street"] = null, ["postal_code"] = null };

    private static string Iso(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
}
