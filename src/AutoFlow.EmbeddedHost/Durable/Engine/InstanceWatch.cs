using System.Collections.Concurrent;
using System.Collections.Frozen;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// Tells those who wait for an instance that it has changed. What is in memory answers where it can: each look into the store costs a wait
/// more than the turns that it waits for.
/// </summary>
/// <param name="store">Answers what memory cannot.</param>
/// <param name="directory">What is in memory; null where clients are to see the store alone, as strict mode has it.</param>
internal sealed class InstanceWatch(IOrchestrationStore store, InstanceDirectory? directory)
{
    private readonly ConcurrentDictionary<string, List<Watcher>> _watchers = new(StringComparer.Ordinal);

    /// <summary>Waits until an instance is durably in a status that is asked for.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="until">Which statuses are asked for.</param>
    /// <param name="payloads">Whether inputs and outputs are wanted too.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="InstanceNotFoundException">There is none of that id, or it is gone.</exception>
    public async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<OrchestrationRuntimeStatus, bool> until, bool payloads, CancellationToken ct)
    {
        while (true)
        {
            // Watching begins before looking, so that no change falls between.
            var watcher = new Watcher(until);
            Add(instanceId, watcher);
            try
            {
                if (directory?.Find(instanceId)?.DurableStatus is not { } known || until(known))
                {
                    var found = store.Get(instanceId, payloads) ?? throw new InstanceNotFoundException(instanceId);
                    if (until(found.RuntimeStatus))
                        return found;
                }

                if (await watcher.Task.WaitAsync(ct).ConfigureAwait(false) is { } told && !payloads)
                    return told;
            }
            finally
            {
                Remove(instanceId, watcher);
            }
        }
    }

    /// <summary>An instance durably has another status.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="change">The status.</param>
    /// <param name="birth">What was there from its start; null where that is only in the store.</param>
    public void Notify(string instanceId, StatusChange change, InstanceBirth? birth)
    {
        if (!_watchers.TryGetValue(instanceId, out var watchers))
            return;
        lock (watchers)
        {
            foreach (var watcher in watchers)
            {
                if (watcher.Until(change.Status))
                    watcher.TrySetResult(birth is null || directory is null ? null : Metadata(instanceId, change, birth));
            }
        }
    }

    /// <summary>An instance is gone.</summary>
    public void NotifyGone(string instanceId)
    {
        if (!_watchers.TryGetValue(instanceId, out var watchers))
            return;
        lock (watchers)
        {
            foreach (var watcher in watchers)
                watcher.TrySetResult(null);
        }
    }

    private static OrchestrationMetadata Metadata(string instanceId, StatusChange change, InstanceBirth birth) => new(birth.Name, instanceId)
    {
        RuntimeStatus = change.Status,
        CreatedAt = birth.At,
        LastUpdatedAt = change.At,
        Tags = birth.Tags ?? FrozenDictionary<string, string>.Empty,
    };

    private void Add(string instanceId, Watcher watcher)
    {
        while (true)
        {
            var watchers = _watchers.GetOrAdd(instanceId, static _ => new(1));
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

    /// <summary>One who waits; the result is null where the store has to be asked.</summary>
    private sealed class Watcher(Func<OrchestrationRuntimeStatus, bool> until)
        : TaskCompletionSource<OrchestrationMetadata?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public Func<OrchestrationRuntimeStatus, bool> Until => until;
    }
}

/// <summary>What an instance has from its start, and shows to clients.</summary>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="At">When it was created, UTC.</param>
/// <param name="Tags">Its labels; null for none.</param>
internal sealed record InstanceBirth(string Name, DateTime At, IReadOnlyDictionary<string, string>? Tags);
