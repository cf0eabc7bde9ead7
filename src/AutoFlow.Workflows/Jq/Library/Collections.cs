namespace AutoFlow.Workflows.Jq;

/// <summary>Arrays and objects.</summary>
internal static class Collections
{
    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["length/0"] = Length,
        ["keys/0"] = (m, input, _) => Keys(m, input, sorted: true),
        ["keys_unsorted/0"] = (m, input, _) => Keys(m, input, sorted: false),
        ["has/1"] = (m, input, a) => Has(m, input, a[0]),
        ["contains/1"] = (m, input, a) => Contains(m, input, a[0], 0) is { } result ? JqValue.From(result) : null,
        ["add/0"] = Add,
        ["flatten/0"] = (m, input, _) => Flatten(m, input, double.PositiveInfinity),
        ["flatten/1"] = (m, input, a) => a[0] is not JqNumber depth
            ? m.Fail("flatten depth must be a number")
            : depth.Value < 0 ? m.Fail("flatten depth must not be negative") : Flatten(m, input, depth.Value),
        ["reverse/0"] = Reverse,
        ["transpose/0"] = Transpose,
        ["to_entries/0"] = ToEntries,
        ["toarray/0"] = (_, input, _) => input is JqArray ? input : JqArray.Of([input]),
        ["setpath/2"] = (m, input, a) => Paths.Set(m, input, a[0], a[1]),
        ["delpaths/1"] = (m, input, a) => Paths.Delete(m, input, a[0]),
        ["bsearch/1"] = BinarySearch,
    };

    /// <summary>What <c>.[]</c> yields, or null when the value cannot be iterated.</summary>
    public static JqValue[]? Elements(JqValue value) => value switch
    {
        JqArray array => array.Span.ToArray(),
        JqObject o => o.Values.ToArray(),
        _ => null,
    };

    private static JqValue? Length(Machine m, JqValue input, JqValue[] arguments) => input switch
    {
        { IsNull: true } => JqNumber.Of(0.0),
        JqString s => JqNumber.Of((double)s.Length),
        JqNumber n => n.Abs(),
        JqArray or JqObject => JqNumber.Of((double)input.Count),
        _ => m.Fail($"{ErrorText.Describe(input)} has no length"),
    };

    private static JqValue? Keys(Machine m, JqValue input, bool sorted) => input switch
    {
        JqObject o => JqArray.Of([.. (sorted ? o.SortedKeys() : o.Keys.ToArray()).Select(k => new JqString(k))]),
        JqArray array => JqArray.Of([.. Enumerable.Range(0, array.Count).Select(i => JqValue.From(i))]),
        _ => m.Fail($"{ErrorText.Describe(input)} has no keys"),
    };

    private static JqValue? Has(Machine m, JqValue input, JqValue key) => (input, key) switch
    {
        (JqObject o, JqString name) => JqValue.From(o.Has(name.Text)),
        (JqArray array, JqNumber index) => JqValue.From(index.Value >= 0 && index.Value < array.Count),
        ({ IsNull: true }, _) => JqValue.False,
        _ => m.Fail($"Cannot check whether {input.TypeName} has a {key.TypeName} key"),
    };

    private static bool? Contains(Machine m, JqValue a, JqValue b, int depth)
    {
        // Each level is a frame of the .NET stack, so the bound is lower than jq's.
        if (depth > MaxContainsDepth)
        {
            m.Fail("Containment check too deep");
            return null;
        }

        m.Charge(1);
        switch (a, b)
        {
            case (JqObject x, JqObject y):
                for (var i = 0; i < y.Count; i++)
                {
                    if (!x.TryGetProperty(y.Keys[i], out var inner))
                        return false;
                    if (Contains(m, inner, y.Values[i], depth + 1) is not true and var no)
                        return no;
                }

                return true;
            case (JqArray x, JqArray y):
                foreach (var wanted in y.Items)
                {
                    if (AnyContains(m, x, wanted, depth) is not true and var no)
                        return no;
                }

                return true;
            case (JqString x, JqString y):
                m.ChargeSearch(x.Text, y.Text);
                return x.Text.Contains(y.Text, StringComparison.Ordinal);
            case var _ when a.TypeName == b.TypeName:
                return JqOrder.AreEqual(a, b);
            default:
                if (depth > 0)
                    return false;
                m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot have their containment checked");
                return null;
        }
    }

    private const int MaxContainsDepth = 1_000;

    private static bool? AnyContains(Machine m, JqArray array, JqValue wanted, int depth)
    {
        foreach (var item in array.Items)
        {
            if (item.TypeName == wanted.TypeName && Contains(m, item, wanted, depth + 1) is not false and var found)
                return found;
        }

        return false;
    }

    private static JqValue? Add(Machine m, JqValue input, JqValue[] arguments)
    {
        if (Elements(input) is not { } items)
            return m.Fail($"Cannot iterate over {ErrorText.Describe(input)}");
        m.Charge(items.Length >> 3);
        if (items.Length > 1 && items.All(i => i is JqString))
            return m.Made(Strings.Concat(m, items));
        if (items.Length > 1 && items.All(i => i is JqArray))
            return m.Made(JqArray.Of([.. items.SelectMany(i => i.Items)]));
        var sum = JqValue.Null;
        foreach (var item in items)
        {
            if (Operators.Add(m, sum, item) is not { } next)
                return null;
            sum = next;
        }

        return sum;
    }

    private static JqValue? Flatten(Machine m, JqValue input, double depth)
    {
        if (Elements(input) is not { } items)
            return m.Fail($"Cannot iterate over {ErrorText.Describe(input)}");
        m.Charge(input.Weight >> 5);
        var flat = new List<JqValue>();
        var open = new Stack<(JqValue[] Items, int Next)>();
        open.Push((items, 0));
        while (open.TryPop(out var level))
        {
            if (level.Next == level.Items.Length)
                continue;
            open.Push((level.Items, level.Next + 1));
            var item = level.Items[level.Next];
            if (item is JqArray array && open.Count <= depth)
                open.Push((array.Span.ToArray(), 0));
            else
                flat.Add(item);
        }

        return JqArray.Of([.. flat]);
    }

    private static JqValue? Reverse(Machine m, JqValue input, JqValue[] arguments) => input switch
    {
        JqArray array => JqArray.Of([.. array.Items.Reverse()]),
        JqString s => new JqString(string.Concat(s.Text.EnumerateRunes().Reverse().Select(r => r.ToString()))),
        { IsNull: true } => JqValue.EmptyArray,
        _ => m.Fail($"{ErrorText.Describe(input)} cannot be reversed, as it is not an array"),
    };

    private static JqValue? Transpose(Machine m, JqValue input, JqValue[] arguments)
    {
        if (input is not JqArray rows || rows.Items.Any(r => r is not JqArray))
            return m.Fail($"{ErrorText.Describe(input)} cannot be transposed, as it is not an array of arrays");
        m.Charge(rows.Count >> 3);
        var width = rows.Count == 0 ? 0 : rows.Items.Max(r => r.Count);
        m.CheckSize((long)width * rows.Count);
        return JqArray.Of([.. Enumerable.Range(0, width).Select(i => JqArray.Of([.. rows.Items.Select(r => r[i])]))]);
    }

    private static JqValue? ToEntries(Machine m, JqValue input, JqValue[] arguments)
    {
        if (input is JqArray array)
            return JqArray.Of([.. array.Items.Select((v, i) => Entry(JqValue.From(i), v))]);
        return input is JqObject o
            ? JqArray.Of([.. o.Properties.Select(p => Entry(new JqString(p.Key), p.Value))])
            : m.Fail($"{ErrorText.Describe(input)} has no keys");
    }

    private static JqObject Entry(JqValue key, JqValue value) => new(["key", "value"], [key, value]);

    /// <summary>The index of the target in a sorted array, or -1 - the index where it would be inserted.</summary>
    private static JqValue? BinarySearch(Machine m, JqValue input, JqValue[] arguments)
    {
        if (input is not JqArray array)
            return m.Fail($"{ErrorText.Describe(input)} cannot be searched from");
        int low = 0, high = array.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Operators.Order(m, array.Span[middle], arguments[0]) is not { } order)
                return null;
            if (order == 0)
                return JqValue.From(middle);
            if (order < 0)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return JqValue.From(-1 - low);
    }
}
