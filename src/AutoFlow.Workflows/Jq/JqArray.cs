namespace AutoFlow.Workflows.Jq;

/// <summary>An array. The elements are never changed after construction; an update copies.</summary>
internal sealed class JqArray : JqValue
{
    private readonly JqValue[] items;

    public JqArray(JqValue[] items)
        : base(JqKind.Array)
    {
        this.items = items;
        long weight = 2 + items.Length;
        var depth = 0;
        foreach (var item in items)
        {
            weight += item.Weight;
            depth = Math.Max(depth, item.Depth);
        }

        Weight = weight;
        Depth = depth + 1;
    }

    internal override long Weight { get; }

    internal override int Depth { get; }

    public override int Count => items.Length;

    public override IReadOnlyList<JqValue> Items => items;

    public ReadOnlySpan<JqValue> Span => items;

    public static JqValue Of(JqValue[] items) => items.Length == 0 ? EmptyArray : new JqArray(items);

    /// <summary>The element, or null (the JSON one) outside the array; negative counts from the end.</summary>
    public JqValue At(int index)
    {
        if (index < 0)
            index += items.Length;
        return (uint)index < (uint)items.Length ? items[index] : Null;
    }

    public JqArray Set(int index, JqValue value)
    {
        var copy = new JqValue[Math.Max(items.Length, index + 1)];
        items.CopyTo(copy, 0);
        copy.AsSpan(items.Length).Fill(Null);
        copy[index] = value;
        return new JqArray(copy);
    }

    public JqValue Slice(int from, int to) =>
        to <= from ? EmptyArray : from == 0 && to == items.Length ? this : Of(items[from..to]);
}
