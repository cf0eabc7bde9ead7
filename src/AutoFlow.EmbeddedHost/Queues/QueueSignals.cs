using System.Collections.Concurrent;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>Tells listeners of this process that something in an embedded queue has changed, so that they need not poll.</summary>
internal sealed class QueueSignals
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiters = new(StringComparer.Ordinal);

    /// <summary>A task that ends at the next change of a queue. Take it before looking into the queue, so that no change is missed.</summary>
    /// <param name="queue">The queue's name.</param>
    public Task NextChange(string queue) => _waiters.GetOrAdd(queue, static _ => Source()).Task;

    /// <summary>Tells that a queue has changed.</summary>
    /// <param name="queue">The queue's name.</param>
    public void Changed(string queue)
    {
        if (_waiters.TryRemove(queue, out var waiter))
            waiter.SetResult();
    }

    private static TaskCompletionSource Source() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
