using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Support.Events;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Events;

/// <summary>
/// Brings a stored event to every instance that subscribed to its type, schedules among them. At least once: an instance drops
/// an event that it has seen. An event that nobody waits for is kept for nobody.
/// </summary>
public sealed class EventRouter(IEvents events, ISubscriptions subscriptions, ILogger<EventRouter> logger)
{
    public async Task RouteAsync(string key, DurableTaskClient durable, CancellationToken ct)
    {
        if (await events.FindAsync(key, ct) is not { } stored)
        {
            logger.LogWarning("Event {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        if (stored.IsDone) return;
        using var body = JsonDocument.Parse(stored.Body);
        foreach (var (instanceId, types) in await subscriptions.ToAsync(stored.Type, ct))
        {
            if (await durable.GetInstanceAsync(instanceId, ct) is { } instance && !instance.RuntimeStatus.IsOver())
                await durable.RaiseEventAsync(instanceId, types.Contains(stored.Type) ? stored.Type : ISubscriptions.AnyType, body.RootElement, ct);
            else
                await subscriptions.RemoveAsync(instanceId, ct); // It was killed, else it would have done so itself.
        }

        await events.MarkDoneAsync(key, ct);
    }
}
