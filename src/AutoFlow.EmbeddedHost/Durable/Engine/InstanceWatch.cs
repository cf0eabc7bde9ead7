using System.Collections.Concurrent;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Tells those who wait for an instance that it has changed.</summary>
internal sealed class InstanceWatch
{
    private readonly ConcurrentDictionary<string, List<Watcher>> _watchers = new(StringComparer.Ordinal);

    /// <summary>Waits until an instance is in a status that is asked for and <paramref name="read"/> gives a value.</summary>
    public async Task<T> WaitAsync<T>(string instanceId, Func<OrchestrationRuntimeStatus, bool> until, Func<T?> read, CancellationToken ct)
        where T : class
    {
        while (true)
        {
            // Watching begins before reading, so that no change falls between.
            var watcher = new Watcher(until);
            Add(instanceId, watcher);
            try
            {
                if (read() is { } value)
                    return value;
                await watcher.Task.WaitAsync(ct).ConfigureAwait(false);
            }
            finally
            {
                Remove(instanceId, watcher);
            }
        }
    }

    /// <summary>An instance has another status; null when it is gone.</summary>
    public void Notify(string instanceId, OrchestrationRuntimeStatus? status)
    {
        if (!_watchers.TryGetValue(instanceId, out var watchers))
            return;
        lock (watchers)
        {
            foreach (var watcher in watchers)
                watcher.Tell(status);
        }
    }

    private void Add(string instanceId, Watcher watcher)
    {
        while (true)
        {
            var watchers = _watchers.GetOrAdd(instanceId, static _ => []);
            lock (watchers)
            {
                // The last one to leave takes the list with it.
                if (!_watchers.TryGetValue(instanceId, out var present) || present != watchers)
                    continue;
                watchers.Add(watcher);
                return;
            }
        }
    }

    private void Remove(string instanceId, Watcher watcher)
    {
        if (!_watchers.TryGetValue(instanceId, out var watchers))
            return;
        lock (watchers)
        {
            if (watchers.Remove(watcher) && watchers.Count == 0)
                _watchers.TryRemove(KeyValuePair.Create(instanceId, watchers));
        }
    }

    private sealed class Watcher(Func<OrchestrationRuntimeStatus, bool> until)
        : TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public void Tell(OrchestrationRuntimeStatus? status)
        {
            if (status is not { } now || until(now))
                TrySetResult();
        }
    }
}
