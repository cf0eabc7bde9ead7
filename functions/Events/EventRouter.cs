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
public sealed class EventRouter(IEvents events, ISubscriptions subscriptions, TimeProvider time, ILogger<EventRouter> logger)
{
    /// <summary>Hosts may show an instance only after its first activities have run, and a subscription is one of these. Two deliveries of the queue.</summary>
    private static readonly TimeSpan UntilSeen = TimeSpan.FromSeconds(15);

    public async Task RouteAsync(string key, DurableTaskClient durable, CancellationToken ct)
    {
        if (await events.FindAsync(key, ct) is not { } stored)
        {
            logger.LogWarning("Event {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        if (stored.IsDone) return;
        using var body = JsonDocument.Parse(stored.Body);
        string? unseen = null;
        foreach (var (instanceId, types) in await subscriptions.ToAsync(stored.Type, ct))
        {
            var name = types.Contains(stored.Type) ? stored.Type : ISubscriptions.AnyType;
            var seen = await durable.RaiseIfLiveAsync(instanceId, name, body.RootElement, ct);
            if (seen is null && time.GetUtcNow() < stored.StoredAt + UntilSeen) unseen = instanceId;
            else if (!seen.IsLive() && !await WasForgottenAsync(durable, instanceId, types, ct)) await durable.RaiseIfLiveAsync(instanceId, name, body.RootElement, ct);
        }

        if (unseen is not null) throw new InvalidOperationException($"Event {key} waits for {unseen} to be seen; the queue delivers it again.");
        await events.MarkDoneAsync(key, ct);
    }

    /// <summary>
    /// Takes back what an instance that was killed could not take back itself. False when one of its id has begun meanwhile (a
    /// schedule, a watch): what was taken away may have been that one's, and is put back.
    /// </summary>
    private async Task<bool> WasForgottenAsync(DurableTaskClient durable, string instanceId, IReadOnlyList<string> types, CancellationToken ct)
    {
        foreach (var type in types) await subscriptions.RemoveAsync(instanceId, type, ct);
        if ((await durable.GetInstanceAsync(instanceId, ct))?.RuntimeStatus is not { } status || status.IsOver()) return true;
        foreach (var type in types) await subscriptions.AddAsync(instanceId, type, ct);
        return false;
    }
}
