using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Asks the carrier for a parcel's state now.</summary>
public sealed class LookUpShipment(ITracking tracking, StepJournal journal)
{
    public sealed record With
    {
        public required string TrackingNumber { get; init; }

        /// <summary>The carrier's name as the shop writes it; null lets the tracking service find out.</summary>
        public string? Carrier { get; init; }
    }

    [Function("lookUpShipment")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var shipment = await tracking.LookUpAsync(call.With.TrackingNumber, call.With.Carrier, ct);
        if (shipment.IsSuccess) await journal.LookedUpAsync(call, $"parcel {shipment.Value.TrackingNumber}: {shipment.Value.SubStatus}", ct);
        return StepOutcome.From(shipment);
    }
}
