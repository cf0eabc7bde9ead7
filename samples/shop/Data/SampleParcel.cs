namespace AutoFlow.SampleShop.Data;

/// <summary>A parcel and everything that will ever happen to it, as <c>data/parcels.json</c> writes it.</summary>
public sealed record SampleParcel
{
    public required string Number { get; init; }

    /// <summary>The order's number; a parcel belongs to exactly one order.</summary>
    public required string Order { get; init; }

    /// <summary>17TRACK's carrier key.</summary>
    public required int Carrier { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Origin { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Destination { get; init; }

    public required string Note { get; init; }

    /// <summary>Sub status while there is no event; <c>NotFound_Other</c> or <c>NotFound_InvalidCode</c>.</summary>
    public string UnknownAs { get; init; } = "NotFound_Other";

    /// <summary>The carrier's delivery window; null when it gives none.</summary>
    public SampleEstimate? Estimated { get; init; }

    /// <summary>Oldest first; those after the clock's time have not happened yet.</summary>
    public required IReadOnlyList<SampleParcelEvent> Events { get; init; }
}

/// <summary>Something that happens to a parcel.</summary>
/// <param name="At">Offset from the epoch.</param>
/// <param name="SubStatus">17TRACK's sub status from then on.</param>
/// <param name="Location">Null when the carrier names none.</param>
/// <param name="Scan">False when only the status changes and the carrier shows no line for it.</param>
public sealed record SampleParcelEvent(TimeSpan At, string SubStatus, string Description, string? Location, bool Scan = true);

/// <summary>A delivery window, offsets from the epoch.</summary>
/// <param name="Source">17TRACK's word: <c>Official</c> or <c>17TRACK</c>.</param>
public sealed record SampleEstimate(string Source, TimeSpan From, TimeSpan To);

/// <summary>A carrier of the sample.</summary>
/// <param name="Key">17TRACK's carrier key.</param>
/// <param name="TrackingUrl">With <c>{number}</c> in it.</param>
public sealed record SampleCarrier(int Key, string Name, string Country, string TrackingUrl);
