using AutoFlow.Functions.Messages;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>Sends what the outbox holds. The queue message is the entry's key.</summary>
public sealed class SendOutbox(OutboxSender sender)
{
    [Function(nameof(SendOutbox))]
    public Task Run([QueueTrigger(QueueNames.Outbox)] string key, CancellationToken ct) =>
        sender.SendAsync(key, ct);
}
