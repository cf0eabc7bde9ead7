using System.Globalization;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Connectors.SeventeenTrack;

/// <summary>Makes a <see cref="Shipment"/> of 17TRACK's <c>track_info</c>; pure.</summary>
internal static class ShipmentReader
{
    public static Shipment Read(string number, TrackedNumber tracked)
    {
        var info = tracked.TrackInfo;
        var providers = (info?.Tracking?.Providers ?? []).OfType<TrackingProvider>().ToList();
        var events = providers
            .SelectMany(provider => provider.Events ?? [])
            .OfType<TrackEvent>()
            .Select(Event)
            .OfType<ShipmentEvent>()
            .OrderByDescending(scan => scan.At) // a stable sort: scans of one moment stay in the carrier's order
            .ToList();
        var (status, subStatus) = StatusWords.Read(info?.LatestStatus?.Status, info?.LatestStatus?.SubStatus, events.Count > 0);
        var (from, to) = (Date(info?.TimeMetrics?.EstimatedDeliveryDate?.From), Date(info?.TimeMetrics?.EstimatedDeliveryDate?.To));
        return new Shipment
        {
            TrackingNumber = number,
            // The last provider is the one that delivers, where a parcel is handed over between carriers.
            Carrier = providers.Select(provider => provider.Provider?.Name).LastOrDefault(name => !string.IsNullOrWhiteSpace(name)),
            Status = status,
            SubStatus = subStatus,
            LastEventAt = events.Count > 0 ? events[0].At : null,
            EstimatedFrom = from ?? to,
            EstimatedTo = to ?? from,
            TrackingUrl = $"https://t.17track.net/en#nums={Uri.EscapeDataString(number)}",
            Events = events,
        };
    }

    /// <summary>A parcel that no carrier knows (yet).</summary>
    public static Shipment Unknown(string number, string subStatus) =>
        new() { TrackingNumber = number, Status = ShipmentStatus.NotFound, SubStatus = subStatus };

    // A scan without a time cannot be ordered and says nothing about movement.
    private static ShipmentEvent? Event(TrackEvent scan) =>
        Time(scan.TimeUtc ?? scan.TimeIso) is { } at ? new ShipmentEvent(at.ToUniversalTime(), scan.Description ?? "", scan.Location, scan.SubStatus) : null;

    // The carrier's own day, as its offset says; not the day in UTC.
    private static DateOnly? Date(string? iso) => Time(iso) is { } at ? DateOnly.FromDateTime(at.DateTime) : null;

    private static DateTimeOffset? Time(string? iso) =>
        DateTimeOffset.TryParse(iso, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
}
