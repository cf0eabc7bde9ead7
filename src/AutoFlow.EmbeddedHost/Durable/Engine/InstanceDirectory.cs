using System.Collections.Concurrent;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>The instances in memory. Those that have rested longest are forgotten when there are many; their histories bring them back.</summary>
/// <param name="most">How many may rest in memory.</param>
internal sealed class InstanceDirectory(int most)
{
    private readonly ConcurrentDictionary<string, HotInstance> _instances = new(StringComparer.Ordinal);
    private int _evicting;
    private int _count;
    private int _turns;

    public int Count => Volatile.Read(ref _count);

    /// <summary>The instance of an id, which may have to be read yet.</summary>
    public HotInstance Get(string id)
    {
        while (true)
        {
            if (_instances.TryGetValue(id, out var instance))
                return instance;
            instance = new HotInstance(id);
            if (!_instances.TryAdd(id, instance))
                continue;
            Interlocked.Increment(ref _count);
            return instance;
        }
    }

    /// <summary>The instance of an id where it is in memory; null otherwise.</summary>
    public HotInstance? Find(string id) => _instances.GetValueOrDefault(id);

    /// <summary>True when each is forgotten as soon as all of it is durable.</summary>
    public bool KeepsNone => most == 0;

    /// <summary>All that are in memory.</summary>
    public IEnumerable<string> Ids => _instances.Keys;

    /// <summary>Forgets one that is of no more use, unless something has come for it.</summary>
    public void Forget(HotInstance instance)
    {
        if (instance.TryEvict(onlyAtRest: false))
            Remove(instance);
    }

    /// <summary>Makes room where there are too many. Called at each turn; looks once in a while, since those at work have to stay.</summary>
    public void Trim()
    {
        if (Count <= most || Interlocked.Increment(ref _turns) < most / 2 || Interlocked.Exchange(ref _evicting, 1) != 0)
            return;
        try
        {
            Volatile.Write(ref _turns, 0);
            Evict(onlyAtRest: true);
            if (Count > most)
                Evict(onlyAtRest: false);
        }
        finally
        {
            Volatile.Write(ref _evicting, 0);
        }
    }

    private void Evict(bool onlyAtRest)
    {
        // ToArray of its own: LINQ's copy is not safe beside changes.
        foreach (var (_, instance) in _instances.ToArray().OrderBy(one => one.Value.LastUsed))
        {
            // Down to half, so that the next time is far.
            if (Count <= most / 2)
                return;
            if (instance.TryEvict(onlyAtRest))
                Remove(instance);
        }
    }

    private void Remove(HotInstance instance)
    {
        if (_instances.TryRemove(KeyValuePair.Create(instance.Id, instance)))
            Interlocked.Decrement(ref _count);
    }
}
