namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>How often each thing has happened.</summary>
internal sealed class Counts
{
    private readonly SortedDictionary<string, int> _counts = new(StringComparer.Ordinal);

    public int this[string what]
    {
        get
        {
            lock (_counts)
                return _counts.GetValueOrDefault(what);
        }
    }

    public void Add(string what, int times = 1)
    {
        lock (_counts)
            _counts[what] = _counts.GetValueOrDefault(what) + times;
    }

    public void AddAll(Counts other)
    {
        foreach (var (what, times) in other._counts)
            Add(what, times);
    }

    public override string ToString()
    {
        lock (_counts)
            return string.Join('\n', _counts.Select(count => $"{count.Value,8} {count.Key}"));
    }
}
