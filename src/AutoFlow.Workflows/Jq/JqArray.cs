namespace AutoFlow.Workflows.Jq;

/// <summary>
/// An array; never changed after construction. A few updates copy it; after more of them the elements move to a
/// <see cref="PersistentVector"/>, so that a loop of updates takes time by its updates and not by their square.
/// </summary>
internal sealed class JqArray : JqValue
{
    /// <summary>Shorter arrays are always copied.</summary>
    private const int CopyLimit = 48;
    private const int MaxCopies = 4;

    private readonly PersistentVector? vector;
    private readonly int copies;

    /// <summary>Made from the vector when first asked for.</summary>
    private JqValue[]? items;

    public JqArray(JqValue[] items)
        : base(JqKind.Array)
    {
        this.items = items;
        Count = items.Length;
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

    private JqArray(JqValue[] items, int copies)
        : this(items) => this.copies = copies;

    private JqArray(PersistentVector vector, long weight)
        : base(JqKind.Array)
    {
        this.vector = vector;
        Count = vector.Count;
        Weight = weight;
        Depth = vector.Depth + 1;
    }

    internal override long Weight { get; }

    internal override int Depth { get; }

    public override int Count { get; }

    public override IReadOnlyList<JqValue> Items => Flat;

    public ReadOnlySpan<JqValue> Span => Flat;

    /// <summary>Whether it came from updates that share memory with the arrays before.</summary>
    public bool IsShared => vector is not null;

    /// <summary>About how many steps setting one element is worth.</summary>
    public int UpdateCost => vector is null ? Count >> 4 : 2;

    private JqValue[] Flat => items ??= vector!.ToArray(Count);

    public static JqValue Of(JqValue[] items) => items.Length == 0 ? EmptyArray : new JqArray(items);

    /// <summary>The element, or null (the JSON one) outside the array; negative counts from the end.</summary>
    public JqValue At(int index)
    {
        if (index < 0)
            index += Count;
        if ((uint)index >= (uint)Count)
            return Null;
        return items is null ? vector![index]! : items[index];
    }

    /// <summary>The array with one element set; beyond the end, nulls fill what lies between.</summary>
    public JqArray Set(int index, JqValue value)
    {
        if (index > Count + CopyLimit || (vector is null && (Count < CopyLimit || copies < MaxCopies)))
        {
            var copy = new JqValue[Math.Max(Count, index + 1)];
            Span.CopyTo(copy);
            copy.AsSpan(Count).Fill(Null);
            copy[index] = value;
            return new JqArray(copy, copies + 1);
        }

        var next = vector ?? PersistentVector.From(Span);
        var weight = Weight;
        for (; next.Count < index; weight += Null.Weight + 1)
            next = next.Set(next.Count, Null);
        weight += value.Weight + (index < Count ? -At(index).Weight : 1);
        return new JqArray(next.Set(index, value), weight);
    }

    public JqArray Concat(JqArray other)
    {
        if (other.Count > 4 || Count < CopyLimit || (vector is null && copies < MaxCopies))
            return new JqArray([.. Span, .. other.Span], copies + 1);
        var result = this;
        foreach (var item in other.Span)
            result = result.Set(result.Count, item);
        return result;
    }

    public JqValue Slice(int from, int to) =>
        to <= from ? EmptyArray : from == 0 && to == Count ? this : Of(Flat[from..to]);
}
