using System.Collections.Concurrent;
using System.Diagnostics;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Messages;

/// <summary>Sends one entry of the outbox through its channel, once.</summary>
public sealed class OutboxSender(IOutbox outbox, IInbox inbox, ReplyChannels channels, TimeProvider time, ILogger<OutboxSender> logger)
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
        using var span = Spans.Process(QueueNames.Outbox, entry.TraceParent)
            .About(entry.ConversationId, InstanceIds.MessageOf(entry.InstanceId))?
            .SetTag(TelemetryNames.InstanceId, entry.InstanceId)
            .SetTag(TelemetryNames.Workflow, InstanceIds.WorkflowOf(entry.InstanceId));

        var channel = channels.For(entry.Channel);
        if (channel is null)
        {
            await outbox.FailedAsync(key, $"No channel named {entry.Channel} is configured.", giveUp: true, ct);
            Failed(entry, span, "no-channel");
            return;
        }

        span?.SetTag(TelemetryNames.Channel, channel.Channel);
        var sent = await channel.SendAsync(entry, (receipt, token) => outbox.KeepReceiptAsync(key, receipt, token), ct);
        if (sent.IsSuccess)
        {
            await outbox.SentAsync(key, sent.Value, ct);
            span?.SetTag(TelemetryNames.Outcome, "sent");
            MessageMetrics.Answered(entry, await ArrivedAtAsync(entry, ct), time.GetUtcNow());
            return;
        }

        await outbox.FailedAsync(key, sent.Failure.Message, giveUp: !sent.Failure.IsTransient, ct);
        if (!sent.Failure.IsTransient) Failed(entry, span, sent.Failure.Code);
        span?.SetTag(TelemetryNames.Outcome, sent.Failure.Code).SetStatus(ActivityStatusCode.Error, sent.Failure.Code);
        logger.LogWarning("Outbox entry {Key} was not sent: {Reason}", key, sent.Failure.Message);
        if (sent.Failure.IsTransient) throw new InvalidOperationException($"Outbox entry {key} was not sent: {sent.Failure.Message}");
    }

    private static void Failed(OutboxEntry entry, Activity? span, string outcome)
    {
        MessageMetrics.Failed(entry);
        span?.SetTag(TelemetryNames.Outcome, outcome).SetStatus(ActivityStatusCode.Error, outcome);
    }

    /// <summary>When the message came that is answered, UTC; null where nobody asked.</summary>
    private async Task<DateTimeOffset?> ArrivedAtAsync(OutboxEntry entry, CancellationToken ct) => entry is { Proactive: false, InReplyTo: { } answered }
        ? (await inbox.FindAsync(InboxId.Of(entry.Channel, answered), ct))?.StoredAt
        : null;
}
