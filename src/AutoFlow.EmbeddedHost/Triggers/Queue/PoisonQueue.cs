using AutoFlow.EmbeddedHost.Hosting;
using AutoFlow.EmbeddedHost.Queues;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>Where a queue's messages go that cannot be processed: <c>[queue]-poison</c>. A poison queue has none of its own.</summary>
internal sealed class PoisonQueue(QueueTrigger trigger, QueueConnections connections, ILogger logger)
{
    /// <summary>What a poison queue's name ends with.</summary>
    public const string Suffix = "-poison";

    /// <summary>Whether there is one: a message of a poison queue is tried for ever, as on Microsoft's host.</summary>
    public bool Exists { get; } = !trigger.Queue.EndsWith(Suffix, StringComparison.Ordinal);

    /// <summary>Copies a message.</summary>
    /// <param name="message">The message, decoded.</param>
    /// <param name="reason">Why, for the log.</param>
    public async Task AddAsync(QueueMessage message, string reason)
    {
        await SendAsync(connections.Service(trigger.Connection), message.Body);
        logger.LogError(
            "The message {MessageId} went from the queue '{Queue}' to '{Poison}': {Reason}",
            message.MessageId,
            trigger.Queue,
            trigger.Queue + Suffix,
            reason);
    }

    /// <summary>Moves a message whose text cannot be decoded, as it is.</summary>
    /// <param name="message">The message with its raw text.</param>
    /// <param name="ct">Cancels.</param>
    public async Task AddUndecodableAsync(QueueMessage message, CancellationToken ct)
    {
        var raw = connections.Service(trigger.Connection, QueueMessageEncoding.None);
        if (Exists)
            await SendAsync(raw, message.Body);
        await raw.GetQueueClient(trigger.Queue).DeleteMessageAsync(message.MessageId, message.PopReceipt, ct);
        logger.LogError(
            "The message {MessageId} of the queue '{Queue}' was moved to the poison queue: its text is not Base64. "
            + "Send it encoded, or set extensions.queues.messageEncoding to \"none\" in host.json",
            message.MessageId,
            trigger.Queue);
    }

    private async Task SendAsync(QueueServiceClient service, BinaryData body)
    {
        var poison = service.GetQueueClient(trigger.Queue + Suffix);
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(body);
    }
}
