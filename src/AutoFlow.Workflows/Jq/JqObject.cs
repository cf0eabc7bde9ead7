namespace AutoFlow.Workflows.Jq;

/// <summary>
/// An object in the order its keys were added; never changed after construction. Lookup is a scan for a few keys and an
/// index, built once, for more. A few updates copy it; after more of them the properties move to
/// <see cref="PersistentProperties"/>, so that a loop of updates takes time by its updates and not by their square.
/// </summary>
internal sealed class JqObject : JqValue
{
    private const int ScanLimit = 8;

    /// <summary>Smaller objects are always copied.</summary>
    private const int CopyLimit = 48;
    private const int MaxCopies = 4;

    private readonly PersistentProperties? properties;
    private readonly int copies;

    /// <summary>Made from the properties when first asked for.</summary>
    private Arrays? flat;
    private Dictionary<string, int>? index;

    public JqObject(string[] keys, JqValue[] values, Dictionary<string, int>? index = null)
        : base(JqKind.Object)
    {
        flat = new Arrays(keys, values);
        this.index = index;
        Count = keys.Length;
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

    private JqObject(string[] keys, JqValue[] values, Dictionary<string, int>? index, int copies)
        : this(keys, values, index) => this.copies = copies;

    private JqObject(PersistentProperties properties, long weight)
        : base(JqKind.Object)
    {
        this.properties = properties;
        Count = properties.Count;
        Weight = weight;
        Depth = properties.Depth + 1;
    }

    internal override long Weight { get; }

    internal override int Depth { get; }

    public override int Count { get; }

    public override IEnumerable<KeyValuePair<string, JqValue>> Properties
    {
        get
        {
            var (keys, values) = Flat;
            for (var i = 0; i < keys.Length; i++)
                yield return KeyValuePair.Create(keys[i], values[i]);
        }
    }

    public ReadOnlySpan<string> Keys => Flat.Keys;

    public ReadOnlySpan<JqValue> Values => Flat.Values;

    /// <summary>Whether it came from updates that share memory with the objects before.</summary>
    public bool IsShared => properties is not null;

    /// <summary>About how many steps setting one property is worth.</summary>
    public int UpdateCost => properties is null ? Count >> 3 : 4;

    private Arrays Flat => flat ??= new Arrays(properties!.Keys(), properties.Values());

    private bool ShouldCopy => properties is null && (Count < CopyLimit || copies < MaxCopies);

    public override bool TryGetProperty(string key, out JqValue value)
    {
        var found = Find(key);
        value = found ?? Null;
        return found is not null;
    }

    public JqValue Get(string key) => Find(key) ?? Null;

    public bool Has(string key) => Find(key) is not null;

    public JqObject Set(string key, JqValue value)
    {
        if (!ShouldCopy)
        {
            var old = Find(key);
            var weight = Weight + value.Weight + (old is null ? key.Length + 4 : -old.Weight);
            return new JqObject((properties ?? PersistentProperties.From(Keys, Values)).Set(key, value), weight);
        }

        var (keys, values) = Flat;
        var at = Position(key);
        if (at < 0)
            return new JqObject([.. keys, key], [.. values, value], null, copies + 1);
        var copy = (JqValue[])values.Clone();
        copy[at] = value;
        return new JqObject(keys, copy, index, copies + 1);
    }

    public JqValue Remove(string key)
    {
        if (Find(key) is not { } old)
            return this;
        if (Count == 1)
            return EmptyObject;
        if (!ShouldCopy)
        {
            var rest = (properties ?? PersistentProperties.From(Keys, Values)).Remove(key);
            return new JqObject(rest, Weight - old.Weight - key.Length - 4);
        }

        var (keys, values) = Flat;
        var at = Position(key);
        return new JqObject([.. keys[..at], .. keys[(at + 1)..]], [.. values[..at], .. values[(at + 1)..]], null, copies + 1);
    }

    /// <summary>This object with the other's properties; the other's values win. Those that are new come last.</summary>
    public JqObject Merge(JqObject other)
    {
        if (Count >= CopyLimit && other.Count <= 4)
        {
            var result = this;
            for (var i = 0; i < other.Count; i++)
                result = result.Set(other.Keys[i], other.Values[i]);
            return result;
        }

        var builder = new JqObjectBuilder(this, other.Count);
        for (var i = 0; i < other.Count; i++)
            builder.Set(other.Keys[i], other.Values[i]);
        return (JqObject)builder.ToObject();
    }

    /// <summary>The keys in jq's order of strings.</summary>
    public string[] SortedKeys()
    {
        var sorted = Keys.ToArray();
        Array.Sort(sorted, CodePoints.Compare);
        return sorted;
    }

    private JqValue? Find(string key)
    {
        if (properties is not null)
            return properties.Get(key);
        var at = Position(key);
        return at < 0 ? null : flat!.Values[at];
    }

    private int Position(string key)
    {
        var keys = Flat.Keys;
        if (keys.Length <= ScanLimit)
        {
            for (var i = 0; i < keys.Length; i++)
            {
                if (ReferenceEquals(keys[i], key) || keys[i] == key)
                    return i;
            }

            return -1;
        }

        return (index ??= BuildIndex(keys)).TryGetValue(key, out var at) ? at : -1;
    }

    private static Dictionary<string, int> BuildIndex(string[] keys)
    {
        var built = new Dictionary<string, int>(keys.Length, StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
            built[keys[i]] = i;
        return built;
    }

    private sealed record Arrays(string[] Keys, JqValue[] Values);
}
