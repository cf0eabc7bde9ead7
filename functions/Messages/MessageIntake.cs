using System.Diagnostics;
using AutoFlow.Functions.Telemetry;
using AutoFlow.Support.Messages;

namespace AutoFlow.Functions.Messages;

/// <summary>Takes a message in: stored first, then enqueued. The caller may acknowledge once this returns.</summary>
public sealed class MessageIntake(IInbox inbox, WorkQueue queue)
{
    public async Task<(InboxEntry Entry, bool Added)> TakeAsync(InboundMessage message, CancellationToken ct)
    {
        var (entry, added) = await inbox.AddAsync(message with { TraceParent = Spans.TraceParent }, ct);
        if (Spans.AreHeard) Activity.Current.About(entry.ConversationId, entry.Id);
        if (added) MessageMetrics.Received();
        // A known row is enqueued again too while it stands still: its queue message may have been lost with the process.
        if (entry.State == InboxState.Received) await queue.SendAsync(QueueNames.Inbox, entry.Id, ct);
        return (entry, added);
    }
}
