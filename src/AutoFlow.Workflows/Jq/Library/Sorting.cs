namespace AutoFlow.Workflows.Jq;

/// <summary>Sorting, grouping, least and greatest. The <c>_by</c> forms get the keys computed, in an array beside.</summary>
internal static class Sorting
{
    public static Dictionary<string, Apply> Functions { get; } = new()
    {
        ["sort/0"] = (m, input, _) => Sorted(m, input, input) is { } s ? JqArray.Of([.. s.Select(e => e.Value)]) : null,
        ["_sort_by/1"] = (m, input, a) => Sorted(m, input, a[0]) is { } s ? JqArray.Of([.. s.Select(e => e.Value)]) : null,
        ["_group_by/1"] = (m, input, a) => Groups(m, input, a[0]) is { } g ? JqArray.Of([.. g.Select(e => JqArray.Of([.. e]))]) : null,
        ["unique/0"] = (m, input, _) => Groups(m, input, input) is { } g ? JqArray.Of([.. g.Select(e => e[0])]) : null,
        ["_unique_by/1"] = (m, input, a) => Groups(m, input, a[0]) is { } g ? JqArray.Of([.. g.Select(e => e[0])]) : null,
        ["min/0"] = (m, input, _) => Extreme(m, input, input, wantGreatest: false),
        ["max/0"] = (m, input, _) => Extreme(m, input, input, wantGreatest: true),
        ["_min_by/1"] = (m, input, a) => Extreme(m, input, a[0], wantGreatest: false),
        ["_max_by/1"] = (m, input, a) => Extreme(m, input, a[0], wantGreatest: true),
    };

    private static List<(JqValue Key, JqValue Value)>? Sorted(Machine m, JqValue input, JqValue keys)
    {
        if (input is not JqArray array || keys is not JqArray by)
        {
            m.Fail($"{ErrorText.Describe(input)} cannot be sorted, as it is not an array");
            return null;
        }

        var entries = Pair(array, by);
        if (entries.Count < 2)
            return entries;
        if (by.Items.Any(k => k.Depth > JqValue.MaxDepth))
        {
            m.Fail("Comparison too deep");
            return null;
        }

        m.Charge((keys.Weight >> 4) + ((long)(entries.Count * Math.Log2(entries.Count)) >> 2));
        return MergeSort(m, entries.ToArray());
    }

    /// <summary>Stable, as jq's sort is; each comparison is paid for, since deep values can make one take long.</summary>
    private static List<(JqValue Key, JqValue Value)>? MergeSort(Machine m, (JqValue Key, JqValue Value)[] from)
    {
        var to = new (JqValue Key, JqValue Value)[from.Length];
        for (var width = 1; width < from.Length; width *= 2)
        {
            for (var start = 0; start < from.Length; start += 2 * width)
            {
                int left = start, middle = Math.Min(start + width, from.Length), right = middle, end = Math.Min(start + (2 * width), from.Length);
                for (var at = start; at < end; at++)
                {
                    var takeLeft = right == end;
                    if (!takeLeft && left < middle)
                    {
                        if (Operators.Order(m, from[left].Key, from[right].Key) is not { } order)
                            return null;
                        takeLeft = order <= 0;
                    }

                    to[at] = takeLeft ? from[left++] : from[right++];
                }
            }

            (from, to) = (to, from);
        }

        return [.. from];
    }

    private static List<List<JqValue>>? Groups(Machine m, JqValue input, JqValue keys)
    {
        if (Sorted(m, input, keys) is not { } sorted)
            return null;
        var groups = new List<List<JqValue>>();
        for (var i = 0; i < sorted.Count; i++)
        {
            if (i == 0 || !JqOrder.AreEqual(sorted[i - 1].Key, sorted[i].Key))
                groups.Add([]);
            groups[^1].Add(sorted[i].Value);
        }

        return groups;
    }

    /// <summary>Of equals, the first least and the last greatest, as in jq.</summary>
    private static JqValue? Extreme(Machine m, JqValue input, JqValue keys, bool wantGreatest)
    {
        if (input is not JqArray array || keys is not JqArray by)
            return m.Fail($"{ErrorText.Describe(input)} and {ErrorText.Describe(input)} cannot be iterated over");
        m.Charge(array.Count >> 3);
        JqValue? best = null, bestKey = null;
        foreach (var (key, value) in Pair(array, by))
        {
            if (bestKey is not null)
            {
                if (Operators.Order(m, key, bestKey) is not { } order)
                    return null;
                if (wantGreatest ? order < 0 : order >= 0)
                    continue;
            }

            (best, bestKey) = (value, key);
        }

        return best ?? JqValue.Null;
    }

    private static List<(JqValue Key, JqValue Value)> Pair(JqArray values, JqArray keys) =>
        [.. values.Items.Zip(keys.Items, (v, k) => (k, v))];
}
