using AutoFlow.Functions.Messages;
using AutoFlow.Support.Events;

namespace AutoFlow.Functions.Events;

/// <summary>Takes events in: stored first, then enqueued by their keys. The caller may acknowledge once this returns.</summary>
public sealed class EventIntake(IEvents events, WorkQueue queue)
{
    /// <returns>For each event whether it is new.</returns>
    public async Task<IReadOnlyList<bool>> TakeAsync(IReadOnlyList<IncomingEvent> incoming, CancellationToken ct)
    {
        var added = await events.AddAsync(incoming, ct);
        // Known ones too: the queue message may have been lost with the process; one that was routed is dropped there.
        foreach (var key in incoming.Select(one => one.Key).Distinct(StringComparer.Ordinal)) await queue.SendAsync(QueueNames.Events, key, ct);
        return added;
    }
}
