using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Puts a stored message off, when a model asked to wait or more of its burst may come: the queue brings its key again after the wait, and no worker is
/// held meanwhile. Enqueued before the present delivery is acknowledged, so a process that dies in between costs at most a
/// second look, which every consumer tolerates.
/// </summary>
public sealed class Postponement(WorkQueue queue, SweepPace pace, TimeProvider time)
{
    /// <summary>False when the message has waited as long as it may: then what was understood is acted on.</summary>
    public async Task<bool> TryAsync(InboxEntry entry, AskAgain again, CancellationToken ct)
    {
        var due = time.GetUtcNow() + again.After;
        if (due > entry.StoredAt + again.Within) return false;
        await PutOffAsync(entry, again.After, ct);
        return true;
    }

    /// <summary>The sweep leaves the message alone meanwhile, so that its keys do not multiply.</summary>
    public async Task PutOffAsync(InboxEntry entry, TimeSpan wait, CancellationToken ct)
    {
        await queue.SendLaterAsync(QueueNames.Inbox, entry.Id, wait, ct);
        pace.PutOff(QueueNames.Inbox, entry.Id, time.GetUtcNow() + wait);
    }
}
