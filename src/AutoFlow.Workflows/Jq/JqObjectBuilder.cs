namespace AutoFlow.Workflows.Jq;

/// <summary>Collects the properties of one new object; the later of two values for one key wins.</summary>
internal sealed class JqObjectBuilder
{
    private readonly List<string> keys;
    private readonly List<JqValue> values;
    private Dictionary<string, int>? index;

    public JqObjectBuilder()
    {
        keys = [];
        values = [];
    }

    /// <param name="start">Properties to begin with.</param>
    /// <param name="more">How many may be added, to make room once.</param>
    public JqObjectBuilder(JqObject start, int more = 0)
    {
        keys = new List<string>(start.Count + more);
        values = new List<JqValue>(start.Count + more);
        keys.AddRange(start.Keys);
        values.AddRange(start.Values);
    }

    public void Set(string key, JqValue value)
    {
        var at = Find(key);
        if (at >= 0)
        {
            values[at] = value;
            return;
        }

        index?.Add(key, keys.Count);
        keys.Add(key);
        values.Add(value);
    }

    public JqValue ToObject() =>
        keys.Count == 0 ? JqValue.EmptyObject : new JqObject([.. keys], [.. values], index);

    private int Find(string key)
    {
        if (keys.Count < 8)
            return keys.IndexOf(key);
        if (index is null)
        {
            index = new Dictionary<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < keys.Count; i++)
                index[keys[i]] = i;
        }

        return index.GetValueOrDefault(key, -1);
    }
}
