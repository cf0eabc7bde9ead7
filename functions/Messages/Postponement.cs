using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// Puts a stored message off, when a model asked to wait or more of its burst may come: the queue brings its key again after the wait, and no worker is
/// held meanwhile. Stored first, then enqueued, before the present delivery is acknowledged: a process that dies in between costs at
/// most a second look, which every consumer tolerates, or a later one by the sweep.
/// </summary>
public sealed class Postponement(IInbox inbox, WorkQueue queue, TimeProvider time)
{
    /// <summary>False when the message has waited as long as it may: then what was understood is acted on.</summary>
    public async Task<bool> TryAsync(InboxEntry entry, AskAgain again, CancellationToken ct)
    {
        var due = time.GetUtcNow() + again.After;
        if (due > entry.StoredAt + again.Within) return false;
        await PutOffAsync(entry, again.After, ct);
        return true;
    }

    /// <summary>The sweep of every worker leaves the message alone meanwhile, so that its keys do not multiply.</summary>
    public async Task PutOffAsync(InboxEntry entry, TimeSpan wait, CancellationToken ct)
    {
        await inbox.PutOffAsync(entry.Id, time.GetUtcNow() + wait, ct);
        await queue.SendLaterAsync(QueueNames.Inbox, entry.Id, wait, ct);
    }
}
