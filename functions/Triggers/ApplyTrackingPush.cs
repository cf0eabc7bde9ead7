using System.Text.Json;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Triggers;

/// <summary>Tells the watch of a parcel that its state changed. A parcel that nobody watches needs nothing.</summary>
public sealed class ApplyTrackingPush(IPushes pushes, ILogger<ApplyTrackingPush> logger)
{
    [Function(nameof(ApplyTrackingPush))]
    public async Task Run([QueueTrigger(QueueNames.TrackingPushes)] string key, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (await pushes.FindAsync(key, ct) is not { } push)
        {
            logger.LogWarning("Push {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        var shipment = JsonSerializer.Deserialize<Shipment>(push.Body, StepJson.Options)!;
        var changed = CloudEvent.Of(key, CloudEvent.ShipmentUpdated, $"/parcels/{shipment.TrackingNumber}", push.StoredAt, shipment);
        await durable.RaiseIfLiveAsync(InstanceIds.ForWatch(shipment.TrackingNumber), CloudEvent.ShipmentUpdated, changed, ct);
        await pushes.MarkDoneAsync(key, ct);
    }
}
