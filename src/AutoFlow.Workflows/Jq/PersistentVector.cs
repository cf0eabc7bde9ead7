namespace AutoFlow.Workflows.Jq;

/// <summary>
/// An immutable sequence whose updates share all but a few nodes with the original: a tree of 32 branches to a node, as in
/// Clojure's vectors. An element may be missing (null). Each node knows how deep the values below it nest.
/// </summary>
internal sealed class PersistentVector
{
    private const int Bits = 5;
    private const int Width = 1 << Bits;
    private readonly Branch root;
    private readonly int shift;

    private PersistentVector(Branch root, int shift, int count)
    {
        this.root = root;
        this.shift = shift;
        Count = count;
    }

    public int Count { get; }

    /// <summary>The deepest nesting of any element: 0 when all are scalars.</summary>
    public int Depth => root.Depth;

    public JqValue? this[int index]
    {
        get
        {
            var node = root;
            for (var level = shift; level > 0; level -= Bits)
                node = node.Children![(index >> level) & (Width - 1)];
            return node.Items![index & (Width - 1)];
        }
    }

    public static PersistentVector From(ReadOnlySpan<JqValue> items)
    {
        var nodes = new List<Branch>();
        for (var i = 0; i < items.Length; i += Width)
            nodes.Add(new Branch(items[i..Math.Min(i + Width, items.Length)].ToArray()));
        if (nodes.Count == 0)
            nodes.Add(Branch.Empty(0));
        var shift = 0;
        for (; nodes.Count > 1; shift += Bits)
            nodes = [.. nodes.Chunk(Width).Select(children => new Branch(children))];
        return new PersistentVector(nodes[0], shift, items.Length);
    }

    /// <summary>Replaces an element, or appends one when the index is the count.</summary>
    public PersistentVector Set(int index, JqValue? value)
    {
        var (top, at) = (root, shift);
        if (index == Width << shift)
            (top, at) = (new Branch(new[] { root }), shift + Bits);
        return new PersistentVector(Set(top, at, index, value), at, Math.Max(Count, index + 1));
    }

    /// <summary>The elements in order, without the missing ones.</summary>
    public JqValue[] ToArray(int present)
    {
        var all = new JqValue[present];
        var filled = 0;
        Copy(root, all, ref filled);
        return all;
    }

    private static void Copy(Branch node, JqValue[] to, ref int filled)
    {
        foreach (var child in node.Children ?? [])
            Copy(child, to, ref filled);
        foreach (var item in node.Items ?? [])
        {
            if (item is not null)
                to[filled++] = item;
        }
    }

    private static Branch Set(Branch node, int level, int index, JqValue? value)
    {
        var at = (index >> level) & (Width - 1);
        if (node.Items is { } items)
            return new Branch(With(items, at, value), node.DepthWith(at < items.Length ? items[at]?.Depth ?? 0 : 0, value?.Depth ?? 0));
        var children = node.Children!;
        var old = at < children.Length ? children[at] : null;
        var child = Set(old ?? Branch.Empty(level - Bits), level - Bits, index, value);
        return new Branch(With(children, at, child), node.DepthWith(old?.Depth ?? 0, child.Depth));
    }

    private static T[] With<T>(T[] items, int at, T item)
    {
        var copy = new T[Math.Max(items.Length, at + 1)];
        items.CopyTo(copy, 0);
        copy[at] = item;
        return copy;
    }

    /// <summary>A node: of other nodes, or at the bottom of elements.</summary>
    private sealed class Branch
    {
        public Branch(JqValue?[] items, int? depth = null)
        {
            Items = items;
            Depth = depth ?? items.Max(i => i?.Depth) ?? 0;
        }

        public Branch(Branch[] children, int? depth = null)
        {
            Children = children;
            Depth = depth ?? children.Max(c => c.Depth);
        }

        public JqValue?[]? Items { get; }

        public Branch[]? Children { get; }

        public int Depth { get; }

        public static Branch Empty(int level) => level == 0 ? new Branch(Array.Empty<JqValue?>(), 0) : new Branch(Array.Empty<Branch>(), 0);

        /// <summary>The depth after one part is replaced; null when all parts must be looked at again.</summary>
        public int? DepthWith(int replaced, int replacement) =>
            replacement >= Depth ? replacement : replaced < Depth ? Depth : null;
    }
}
