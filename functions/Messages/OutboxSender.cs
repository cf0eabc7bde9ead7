using System.Diagnostics;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Sends one entry of the outbox through its channel, once. The sweep enqueues again what waits long, so two messages with one key
/// can be taken at once, by two workers too: whoever has the entry's turn sends, and no send outlasts its turn.
/// </summary>
public sealed class OutboxSender(IOutbox outbox, IInbox inbox, ReplyChannels channels, WorkQueue queue, TimeProvider time, ILogger<OutboxSender> logger)
{
    /// <summary>How much later than a send at the longest a turn ends: the workers' clocks differ, and the send's end must be stored.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(10);

    /// <summary>Throws on a transient failure: the queue delivers the key again, and sets it aside after five tries.</summary>
    public async Task SendAsync(string key, CancellationToken ct)
    {
        if (await outbox.FindAsync(key, ct) is not { } found)
        {
            logger.LogWarning("Outbox entry {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        if (found.State != OutboxState.Pending) return;
        using var span = Spans.Process(QueueNames.Outbox, found.TraceParent)
            .About(found.ConversationId, InstanceIds.MessageOf(found.InstanceId))?
            .SetTag(TelemetryNames.InstanceId, found.InstanceId)
            .SetTag(TelemetryNames.Workflow, InstanceIds.WorkflowOf(found.InstanceId));
        var channel = channels.For(found.Channel);
        var owner = Guid.NewGuid().ToString("N");
        var sendBy = time.GetUtcNow() + (channel?.Longest ?? TimeSpan.Zero);
        switch (await outbox.TakeTurnAsync(key, owner, sendBy + Margin, ct))
        {
            case OutboxTurn.Taken taken:
                // Whoever has it may be dead: this key comes back when its turn is over.
                span?.SetTag(TelemetryNames.Outcome, "taken");
                var left = taken.Until - time.GetUtcNow();
                await queue.SendLaterAsync(QueueNames.Outbox, key, left > TimeSpan.Zero ? left : TimeSpan.Zero, ct);
                break;
            case OutboxTurn.GivenUp given:
                logger.LogError("Outbox entry {Key} is given up: {Reason}", key, given.Entry.Error);
                Failed(given.Entry, span, "workers-lost");
                break;
            case OutboxTurn.Ours ours when channel is null:
                await outbox.FailedAsync(key, owner, $"No channel named {ours.Entry.Channel} is configured.", giveUp: true, ct);
                Failed(ours.Entry, span, "no-channel");
                break;
            case OutboxTurn.Ours ours:
                span?.SetTag(TelemetryNames.Channel, ours.Entry.Channel);
                await SendAsync(ours.Entry, owner, channel, sendBy, span, ct);
                break;
        }
    }

    private async Task SendAsync(OutboxEntry entry, string owner, IReplyChannel channel, DateTimeOffset sendBy, Activity? span, CancellationToken ct)
    {
        Result<string> sent;
        try
        {
            sent = await InTimeAsync(entry, owner, channel, sendBy, ct);
        }
        catch
        {
            // The next delivery need not wait for the turn's end; where this fails too, it does.
            await outbox.EndTurnAsync(entry.Key, owner, CancellationToken.None);
            throw;
        }

        if (sent.IsSuccess)
        {
            // Cut off here it would be sent again.
            await outbox.SentAsync(entry.Key, sent.Value, CancellationToken.None);
            span?.SetTag(TelemetryNames.Outcome, "sent");
            MessageMetrics.Answered(entry, await ArrivedAtAsync(entry, ct), time.GetUtcNow());
            return;
        }

        await outbox.FailedAsync(entry.Key, owner, sent.Failure.Message, giveUp: !sent.Failure.IsTransient, ct);
        if (!sent.Failure.IsTransient) Failed(entry, span, sent.Failure.Code);
        span?.SetTag(TelemetryNames.Outcome, sent.Failure.Code).SetStatus(ActivityStatusCode.Error, sent.Failure.Code);
        logger.LogWarning("Outbox entry {Key} was not sent: {Reason}", entry.Key, sent.Failure.Message);
        if (sent.Failure.IsTransient) throw new InvalidOperationException($"Outbox entry {entry.Key} was not sent: {sent.Failure.Message}");
    }

    private async Task<Result<string>> InTimeAsync(OutboxEntry entry, string owner, IReplyChannel channel, DateTimeOffset sendBy, CancellationToken ct)
    {
        // The turn counts from when it was asked for, and it may have come late.
        var left = sendBy - time.GetUtcNow();
        if (left <= TimeSpan.Zero) throw new InvalidOperationException($"Outbox entry {entry.Key} had its turn too late to be sent in time.");
        using var deadline = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        try
        {
            return await channel.SendAsync(entry, KeepAsync, either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new Failure("too-slow", $"The channel {entry.Channel} took too long.", IsTransient: true);
        }

        async Task KeepAsync(string receipt, CancellationToken token)
        {
            if (!await outbox.KeepReceiptAsync(entry.Key, owner, receipt, token))
                throw new InvalidOperationException($"Outbox entry {entry.Key} is another worker's by now.");
        }
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
