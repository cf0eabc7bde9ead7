namespace AutoFlow.Workflows.Jq;

/// <summary>The path to a value, last key first, with the value it leads to.</summary>
internal sealed class PathNode
{
    private readonly PathNode? parent;
    private readonly JqValue key;
    private readonly int depth;

    public PathNode(JqValue root)
        : this(null, JqValue.Null, root)
    {
    }

    private PathNode(PathNode? parent, JqValue key, JqValue at)
    {
        this.parent = parent;
        this.key = key;
        At = at;
        depth = parent is null ? 0 : parent.depth + 1;
    }

    public JqValue At { get; }

    public PathNode Append(JqValue nextKey, JqValue value) => new(this, nextKey, value);

    /// <summary>Whether <paramref name="value"/> is what the path leads to, and not something computed (jq's <c>path</c>).</summary>
    public bool LeadsTo(JqValue value) =>
        ReferenceEquals(At, value)
        || (At is JqNumber a && value is JqNumber b && a.Exact is null && b.Exact is null && a.Value.Equals(b.Value));

    public JqValue ToArray()
    {
        var keys = new JqValue[depth];
        for (var node = this; node.parent is not null; node = node.parent)
            keys[node.depth - 1] = node.key;
        return JqArray.Of(keys);
    }
}
