using AutoFlow.Functions.Events;
using AutoFlow.Functions.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>Gives a stored event to whoever waits for it. The queue message is the event's key.</summary>
public sealed class RouteEvent(EventRouter router)
{
    [Function(nameof(RouteEvent))]
    public Task Run([QueueTrigger(QueueNames.Events)] string key, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        router.RouteAsync(key, durable, ct);
}
