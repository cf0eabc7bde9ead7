namespace AutoFlow.Workflows.Jq;

/// <summary>
/// An object in the order its keys were added. Keys are shared by the copies an update of a value makes;
/// lookup is a scan for a few keys and an index, built once, for more.
/// </summary>
internal sealed class JqObject : JqValue
{
    private const int ScanLimit = 8;
    private readonly string[] keys;
    private readonly JqValue[] values;
    private Dictionary<string, int>? index;

    public JqObject(string[] keys, JqValue[] values, Dictionary<string, int>? index = null)
        : base(JqKind.Object)
    {
        this.keys = keys;
        this.values = values;
        this.index = index;
        long weight = 2;
        var depth = 0;
        for (var i = 0; i < values.Length; i++)
        {
            weight += values[i].Weight + keys[i].Length + 4;
            depth = Math.Max(depth, values[i].Depth);
        }

        Weight = weight;
        Depth = depth + 1;
    }

    internal override long Weight { get; }

    internal override int Depth { get; }

    public override int Count => keys.Length;

    public override IEnumerable<KeyValuePair<string, JqValue>> Properties
    {
        get
        {
            for (var i = 0; i < keys.Length; i++)
                yield return KeyValuePair.Create(keys[i], values[i]);
        }
    }

    public ReadOnlySpan<string> Keys => keys;

    public ReadOnlySpan<JqValue> Values => values;

    public override bool TryGetProperty(string key, out JqValue value)
    {
        var at = Find(key);
        value = at < 0 ? Null : values[at];
        return at >= 0;
    }

    public JqValue Get(string key)
    {
        var at = Find(key);
        return at < 0 ? Null : values[at];
    }

    public bool Has(string key) => Find(key) >= 0;

    public JqObject Set(string key, JqValue value)
    {
        var at = Find(key);
        if (at < 0)
            return new JqObject([.. keys, key], [.. values, value]);
        var copy = (JqValue[])values.Clone();
        copy[at] = value;
        return new JqObject(keys, copy, index);
    }

    public JqValue Remove(string key)
    {
        var at = Find(key);
        return at < 0 ? this : new JqObject([.. keys[..at], .. keys[(at + 1)..]], [.. values[..at], .. values[(at + 1)..]]);
    }

    /// <summary>The keys in jq's order of strings.</summary>
    public string[] SortedKeys()
    {
        var sorted = (string[])keys.Clone();
        Array.Sort(sorted, CodePoints.Compare);
        return sorted;
    }

    private int Find(string key)
    {
        if (keys.Length <= ScanLimit)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (ReferenceEquals(keys[i], key) || keys[i] == key)
                    return i;
            }

            return -1;
        }

        return (index ??= BuildIndex()).TryGetValue(key, out var at) ? at : -1;
    }

    private Dictionary<string, int> BuildIndex()
    {
        var built = new Dictionary<string, int>(keys.Length, StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
            built[keys[i]] = i;
        return built;
    }
}
