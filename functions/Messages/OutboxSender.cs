using System.Collections.Concurrent;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Messages;

/// <summary>Sends one entry of the outbox through its channel, once.</summary>
public sealed class OutboxSender(IOutbox outbox, ReplyChannels channels, ILogger<OutboxSender> logger)
{
    private readonly ConcurrentDictionary<string, bool> _sending = new(StringComparer.Ordinal);

    /// <summary>Throws on a transient failure: the queue delivers the key again, and sets it aside after five tries.</summary>
    public async Task SendAsync(string key, CancellationToken ct)
    {
        // The sweep enqueues again what waits long, so two messages with one key can be taken at once; only a channel that
        // takes idempotency keys would tell them apart.
        if (!_sending.TryAdd(key, true)) return;
        try
        {
            await SendOnceAsync(key, ct);
        }
        finally
        {
            _sending.TryRemove(key, out _);
        }
    }

    private async Task SendOnceAsync(string key, CancellationToken ct)
    {
        if (await outbox.FindAsync(key, ct) is not { } entry)
        {
            logger.LogWarning("Outbox entry {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        if (entry.State != OutboxState.Pending) return;
        var channel = channels.For(entry.Channel);
        if (channel is null)
        {
            await outbox.FailedAsync(key, $"No channel named {entry.Channel} is configured.", giveUp: true, ct);
            return;
        }

        var sent = await channel.SendAsync(entry, (receipt, token) => outbox.KeepReceiptAsync(key, receipt, token), ct);
        if (sent.IsSuccess)
        {
            await outbox.SentAsync(key, sent.Value, ct);
            return;
        }

        await outbox.FailedAsync(key, sent.Failure.Message, giveUp: !sent.Failure.IsTransient, ct);
        logger.LogWarning("Outbox entry {Key} was not sent: {Reason}", key, sent.Failure.Message);
        if (sent.Failure.IsTransient) throw new InvalidOperationException($"Outbox entry {key} was not sent: {sent.Failure.Message}");
    }
}
