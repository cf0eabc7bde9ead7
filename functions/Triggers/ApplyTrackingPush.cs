using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>Tells the watch of a parcel that its state changed. A parcel that nobody watches needs nothing.</summary>
public sealed class ApplyTrackingPush(IPushes pushes)
{
    [Function(nameof(ApplyTrackingPush))]
    public async Task Run([QueueTrigger(QueueNames.TrackingPushes)] string key, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (await pushes.FindAsync(key, ct) is not { } push) return;
        var shipment = JsonSerializer.Deserialize<Shipment>(push.Body, StepJson.Options)!;
        var watch = InstanceIds.ForWatch(shipment.TrackingNumber);
        if (await durable.GetInstanceAsync(watch, ct) is { } instance && !instance.RuntimeStatus.IsOver())
        {
            var changed = CloudEvent.Of(key, CloudEvent.ShipmentUpdated, $"/parcels/{shipment.TrackingNumber}", push.StoredAt, shipment);
            await durable.RaiseEventAsync(watch, CloudEvent.ShipmentUpdated, changed, ct);
        }

        await pushes.MarkDoneAsync(key, ct);
    }
}
