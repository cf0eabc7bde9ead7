namespace AutoFlow.Workflows.Schemas;

/// <summary>Which properties and items of one value some schema has looked at, for <c>unevaluatedProperties</c> and <c>unevaluatedItems</c>.</summary>
internal sealed class Evaluated
{
    private readonly HashSet<string> _properties = new(StringComparer.Ordinal);
    private readonly HashSet<int> _items = [];
    private bool _allProperties;
    private bool _allItems;
    private int _prefix;

    public void Property(string name) => _properties.Add(name);

    public void AllProperties() => _allProperties = true;

    public void Item(int index) => _items.Add(index);

    /// <summary>The first items up to a count.</summary>
    public void Prefix(int count) => _prefix = Math.Max(_prefix, count);

    public void AllItems() => _allItems = true;

    public bool HasProperty(string name) => _allProperties || _properties.Contains(name);

    public bool HasItem(int index) => _allItems || index < _prefix || _items.Contains(index);

    /// <summary>Takes over what a schema on the same value has looked at.</summary>
    public void Add(Evaluated other)
    {
        _properties.UnionWith(other._properties);
        _items.UnionWith(other._items);
        _allProperties |= other._allProperties;
        _allItems |= other._allItems;
        Prefix(other._prefix);
    }
}
