using System.Collections.Immutable;

namespace AutoFlow.Workflows.Jq;

/// <summary>
/// The properties of a large object in the order they were added, sharing most of their memory with the objects they were
/// made from. A property that is removed leaves a gap; too many gaps are closed.
/// </summary>
internal sealed class PersistentProperties
{
    private readonly ImmutableDictionary<string, int> positions;
    private readonly PersistentVector keys;
    private readonly PersistentVector values;

    private PersistentProperties(ImmutableDictionary<string, int> positions, PersistentVector keys, PersistentVector values)
    {
        this.positions = positions;
        this.keys = keys;
        this.values = values;
    }

    public int Count => positions.Count;

    /// <summary>The deepest nesting of any value.</summary>
    public int Depth => values.Depth;

    public static PersistentProperties From(ReadOnlySpan<string> keys, ReadOnlySpan<JqValue> values)
    {
        var positions = ImmutableDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        var names = new JqValue[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            positions.Add(keys[i], i);
            names[i] = new JqString(keys[i]);
        }

        return new PersistentProperties(positions.ToImmutable(), PersistentVector.From(names), PersistentVector.From(values));
    }

    public JqValue? Get(string key) => positions.TryGetValue(key, out var at) ? values[at] : null;

    public PersistentProperties Set(string key, JqValue value) => positions.TryGetValue(key, out var at)
        ? new PersistentProperties(positions, keys, values.Set(at, value))
        : new PersistentProperties(positions.Add(key, keys.Count), keys.Set(keys.Count, new JqString(key)), values.Set(keys.Count, value));

    /// <summary>The properties without one that is there.</summary>
    public PersistentProperties Remove(string key)
    {
        var at = positions[key];
        var rest = new PersistentProperties(positions.Remove(key), keys.Set(at, null), values.Set(at, null));
        return keys.Count > 2 * rest.Count + 64 ? From(rest.Keys(), rest.Values()) : rest;
    }

    public string[] Keys() => Array.ConvertAll(keys.ToArray(Count), k => ((JqString)k).Text);

    public JqValue[] Values() => values.ToArray(Count);
}
