using System.Text.Json;
using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Steps;

/// <summary>Starts the durable watch of a parcel: one per parcel, however many messages ask about it.</summary>
public sealed class WatchParcel(ITracking tracking, WorkflowLibrary workflows, StepJournal journal)
{
    /// <summary>The definition that watches.</summary>
    public const string Workflow = "watch-parcel";

    public sealed record With
    {
        /// <summary>The parcel's state as the customer was told it.</summary>
        public required Shipment Shipment { get; init; }

        public required Order Order { get; init; }
        public required string Conversation { get; init; }

        /// <summary>ISO 639-1.</summary>
        public required string Language { get; init; }

        /// <summary>True while a trace is open because the parcel did not move.</summary>
        public bool Traced { get; init; }
    }

    [Function("watchParcel")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        var shipment = call.With.Shipment;
        var registered = await tracking.RegisterAsync(shipment.TrackingNumber, shipment.Carrier, ct);
        if (!registered.IsSuccess) return StepOutcome.Failed(registered.Failure);

        var newest = await workflows.NewestAsync(ct);
        var instanceId = InstanceIds.ForWatch(shipment.TrackingNumber);
        // A watch that has ended (its time ran out, or it failed) is begun again: this customer was promised one.
        var start = newest.Start(newest.Latest(Workflow), JsonSerializer.SerializeToElement(call.With, StepJson.Options)) with
        {
            Run = InstanceIds.ShortHash(call.Key),
            About = call.About,
        };
        await durable.StartOnceAsync(instanceId, start, ct, again: true);
        await journal.WatchesAsync(call, shipment.TrackingNumber, ct);
        return StepOutcome.Of(new { instanceId });
    }
}
