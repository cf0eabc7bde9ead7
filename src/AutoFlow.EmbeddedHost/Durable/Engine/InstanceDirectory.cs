using System.Collections.Concurrent;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>The instances in memory. Those that have rested longest are forgotten when there are many; their histories bring them back.</summary>
/// <param name="most">How many may rest in memory.</param>
internal sealed class InstanceDirectory(int most)
{
    private readonly ConcurrentDictionary<string, HotInstance> _instances = new(StringComparer.Ordinal);
    private int _evicting;
    private int _nextEviction;

    public int Count => _instances.Count;

    /// <summary>The instance of an id, which may have to be read yet.</summary>
    public HotInstance Get(string id) => _instances.TryGetValue(id, out var instance) ? instance : _instances.GetOrAdd(id, static key => new HotInstance(key));

    /// <summary>True when each is forgotten as soon as all of it is durable.</summary>
    public bool KeepsNone => most == 0;

    /// <summary>All that are in memory.</summary>
    public IEnumerable<string> Ids => _instances.Keys;

    /// <summary>Forgets one that is of no more use, unless something has come for it.</summary>
    public void Forget(HotInstance instance)
    {
        if (instance.TryEvict(onlyAtRest: false))
            _instances.TryRemove(KeyValuePair.Create(instance.Id, instance));
    }

    /// <summary>Makes room where there are too many.</summary>
    public void Trim()
    {
        if (_instances.Count <= most || _instances.Count <= Volatile.Read(ref _nextEviction) || Interlocked.Exchange(ref _evicting, 1) != 0)
            return;
        try
        {
            // Down to half, so that the next time is far.
            Evict(onlyAtRest: true);
            if (_instances.Count > most)
                Evict(onlyAtRest: false);
            Volatile.Write(ref _nextEviction, Math.Max(most, _instances.Count + (most / 2)));
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
            if (_instances.Count <= most / 2)
                return;
            if (instance.TryEvict(onlyAtRest))
                _instances.TryRemove(KeyValuePair.Create(instance.Id, instance));
        }
    }
}
