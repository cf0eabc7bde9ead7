using AutoFlow.EmbeddedHost.Queues;

namespace AutoFlow.EmbeddedHost.Triggers.Queue;

/// <summary>How a listener waits while its queue is empty.</summary>
internal interface IQueueIdle
{
    /// <summary>A task that ends at the queue's next change; never where changes are not told.</summary>
    Task NextChange();

    /// <summary>Waits until it is worth looking again.</summary>
    /// <param name="change">The change that was taken before the last look.</param>
    /// <param name="emptyLooks">How many looks in a row have found nothing, from 1.</param>
    /// <param name="ct">Cancels.</param>
    Task WaitAsync(Task change, int emptyLooks, CancellationToken ct);
}

/// <summary>Waits for a signal or for the next hidden message of an embedded queue: no polling.</summary>
internal sealed class EmbeddedQueueIdle(string queue, EmbeddedQueueStore store, QueueSignals signals, TimeProvider time) : IQueueIdle
{
    // A platform timer holds 49 days at the most.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <inheritdoc/>
    public Task NextChange() => signals.NextChange(queue);

    /// <inheritdoc/>
    public async Task WaitAsync(Task change, int emptyLooks, CancellationToken ct)
    {
        if (store.NextVisibleAt(queue) is not { } visibleAt)
        {
            await change.WaitAsync(ct);
            return;
        }

        var left = visibleAt - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return;
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await Task.WhenAny(change, Task.Delay(left < Longest ? left : Longest, time, waiting.Token));
        await waiting.CancelAsync();
        ct.ThrowIfCancellationRequested();
    }
}

/// <summary>Waits longer and longer between looks into a queue of a storage account.</summary>
internal sealed class PollingQueueIdle(TimeSpan longest, TimeProvider time) : IQueueIdle
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    /// <inheritdoc/>
    public Task NextChange() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task WaitAsync(Task change, int emptyLooks, CancellationToken ct) => Task.Delay(Delay(longest, emptyLooks), time, ct);

    /// <summary>The wait after a number of empty looks: 100 ms, doubled each time, up to the longest.</summary>
    /// <param name="longest">The longest wait.</param>
    /// <param name="emptyLooks">The number, from 1.</param>
    public static TimeSpan Delay(TimeSpan longest, int emptyLooks)
    {
        var delay = Shortest * Math.Pow(2, Math.Min(emptyLooks - 1, 20));
        return delay < longest ? delay : longest;
    }
}
