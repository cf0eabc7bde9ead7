namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Tells those who wait for an instance that it has changed.</summary>
internal sealed class InstanceWatch
{
    private readonly Dictionary<string, List<TaskCompletionSource>> _watchers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Waits until <paramref name="read"/> gives a value; it is asked again after each change.</summary>
    public async Task<T> WaitAsync<T>(string instanceId, Func<T?> read, CancellationToken ct)
        where T : class
    {
        while (true)
        {
            // Watching begins before reading, so that no change falls between.
            var changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Add(instanceId, changed);
            try
            {
                if (read() is { } value)
                    return value;
                await changed.Task.WaitAsync(ct).ConfigureAwait(false);
            }
            finally
            {
                Remove(instanceId, changed);
            }
        }
    }

    /// <summary>An instance has changed.</summary>
    public void Notify(string instanceId)
    {
        TaskCompletionSource[] watchers;
        lock (_gate)
            watchers = _watchers.TryGetValue(instanceId, out var list) ? [.. list] : [];
        foreach (var watcher in watchers)
            watcher.TrySetResult();
    }

    private void Add(string instanceId, TaskCompletionSource watcher)
    {
        lock (_gate)
        {
            if (!_watchers.TryGetValue(instanceId, out var list))
                _watchers.Add(instanceId, list = []);
            list.Add(watcher);
        }
    }

    private void Remove(string instanceId, TaskCompletionSource watcher)
    {
        lock (_gate)
        {
            if (_watchers.TryGetValue(instanceId, out var list) && list.Remove(watcher) && list.Count == 0)
                _watchers.Remove(instanceId);
        }
    }
}
