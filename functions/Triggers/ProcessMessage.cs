using AutoFlow.Functions.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Triggers;

/// <summary>Understands a stored message and gives it to its workflow. The queue message is the inbox id.</summary>
public sealed class ProcessMessage(MessageRouter router)
{
    [Function(nameof(ProcessMessage))]
    public Task Run([QueueTrigger(QueueNames.Inbox)] string inboxId, [DurableClient] DurableTaskClient durable, CancellationToken ct) =>
        router.RouteAsync(inboxId, durable, ct);
}
