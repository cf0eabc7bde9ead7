namespace AutoFlow.Workflows.Jq;

/// <summary>jq's equality and total order (jq manual, <c>sort</c>), without recursion so that deep values are safe.</summary>
internal static class JqOrder
{
    public static bool AreEqual(JqValue a, JqValue b, bool nanEqualsNan = false)
    {
        if (Differ(a, b, nanEqualsNan) is { } scalar)
            return !scalar;
        var pending = new Stack<(JqValue A, JqValue B)>();
        pending.Push((a, b));
        while (pending.TryPop(out var pair))
        {
            switch (Differ(pair.A, pair.B, nanEqualsNan))
            {
                case true:
                    return false;
                case false:
                    continue;
            }

            if (pair is (JqArray x, JqArray y))
            {
                for (var i = 0; i < x.Count; i++)
                    pending.Push((x.Span[i], y.Span[i]));
            }
            else if (pair is (JqObject left, JqObject right))
            {
                for (var i = 0; i < left.Count; i++)
                {
                    if (!right.TryGetProperty(left.Keys[i], out var other))
                        return false;
                    pending.Push((left.Values[i], other));
                }
            }
        }

        return true;
    }

    /// <summary>Negative, zero or positive. NaN is below every number, itself included, unless told otherwise.</summary>
    public static int Compare(JqValue a, JqValue b, bool nanEqualsNan = false)
    {
        if (a.Kind != b.Kind)
            return a.Kind.CompareTo(b.Kind);
        if (a.Kind < JqKind.Array)
            return CompareScalars(a, b, nanEqualsNan);
        var pending = new Stack<(JqValue? A, JqValue? B, int Result)>();
        pending.Push((a, b, 0));
        while (pending.TryPop(out var next))
        {
            var (x, y, result) = next;
            if (x is not null && y is not null)
            {
                if (x.Kind != y.Kind)
                    result = x.Kind.CompareTo(y.Kind);
                else if (x is JqArray left && y is JqArray right)
                    PushItems(pending, left, right);
                else if (x is JqObject first && y is JqObject second)
                    result = PushProperties(pending, first, second);
                else
                    result = CompareScalars(x, y, nanEqualsNan);
            }

            if (result != 0)
                return result;
        }

        return 0;
    }

    public static int Hash(JqValue value) => value switch
    {
        JqNumber number => number.Value.GetHashCode(),
        JqString text => string.GetHashCode(text.Text, StringComparison.Ordinal),
        { Count: var count } => HashCode.Combine(value.Kind, count),
    };

    /// <summary>True or false when that is decided without looking inside; null when the children decide.</summary>
    private static bool? Differ(JqValue a, JqValue b, bool nanEqualsNan)
    {
        if (a.Kind != b.Kind)
            return true;
        if (a.Kind < JqKind.Array)
            return CompareScalars(a, b, nanEqualsNan) != 0;
        if (a.Count != b.Count)
            return true;
        return a.Count == 0 ? false : null;
    }

    private static int CompareScalars(JqValue a, JqValue b, bool nanEqualsNan) => (a, b) switch
    {
        (JqNumber x, JqNumber y) => JqNumber.Compare(x, y, nanEqualsNan),
        (JqString x, JqString y) => CodePoints.Compare(x.Text, y.Text),
        _ => 0,
    };

    private static void PushItems(Stack<(JqValue? A, JqValue? B, int Result)> pending, JqArray a, JqArray b)
    {
        pending.Push((null, null, a.Count.CompareTo(b.Count)));
        for (var i = Math.Min(a.Count, b.Count) - 1; i >= 0; i--)
            pending.Push((a.Span[i], b.Span[i], 0));
    }

    /// <summary>Objects compare by their sorted keys first, then value by value in that order.</summary>
    private static int PushProperties(Stack<(JqValue? A, JqValue? B, int Result)> pending, JqObject a, JqObject b)
    {
        string[] x = a.SortedKeys(), y = b.SortedKeys();
        for (var i = 0; i < Math.Min(x.Length, y.Length); i++)
        {
            if (CodePoints.Compare(x[i], y[i]) is var order and not 0)
                return order;
        }

        if (x.Length != y.Length)
            return x.Length.CompareTo(y.Length);
        for (var i = x.Length - 1; i >= 0; i--)
            pending.Push((a.Get(x[i]), b.Get(x[i]), 0));
        return 0;
    }
}
