using System.Text;

namespace AutoFlow.Workflows.Jq;

/// <summary>The binary operators.</summary>
internal static class Operators
{
    public static Func<Machine, JqValue, JqValue, JqValue?> Find(string symbol) => symbol switch
    {
        "+" => Add,
        "-" => Subtract,
        "*" => Multiply,
        "/" => Divide,
        "%" => Modulo,
        "==" => (m, a, b) => Equality(m, a, b, wanted: true),
        "!=" => (m, a, b) => Equality(m, a, b, wanted: false),
        "<" => (m, a, b) => Order(m, a, b) is { } order ? JqValue.From(order < 0) : null,
        "<=" => (m, a, b) => Order(m, a, b) is { } order ? JqValue.From(order <= 0) : null,
        ">" => (m, a, b) => Order(m, a, b) is { } order ? JqValue.From(order > 0) : null,
        ">=" => (m, a, b) => Order(m, a, b) is { } order ? JqValue.From(order >= 0) : null,
        _ => throw new ArgumentOutOfRangeException(nameof(symbol), symbol, "no such operator"),
    };

    public static JqValue? Add(Machine m, JqValue a, JqValue b)
    {
        switch (a, b)
        {
            case ({ IsNull: true }, _):
                return b;
            case (_, { IsNull: true }):
                return a;
            case (JqNumber x, JqNumber y):
                return JqNumber.Of(x.Value + y.Value);
            case (JqString x, JqString y):
                m.CheckSize((long)x.Text.Length + y.Text.Length);
                return m.Made(new JqString(x.Text + y.Text));
            case (JqArray x, JqArray y):
                return x.Count == 0 ? y : y.Count == 0 ? x : Grown(m, x.Concat(y), x.UpdateCost + (y.Count >> 4));
            case (JqObject x, JqObject y):
                return x.Count == 0 ? y : y.Count == 0 ? x : Grown(m, x.Merge(y), x.UpdateCost + (y.Count >> 3));
            default:
                return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be added");
        }
    }

    public static int? Order(Machine m, JqValue a, JqValue b)
    {
        if (Math.Min(a.Depth, b.Depth) > JqValue.MaxDepth)
        {
            m.Fail("Comparison too deep");
            return null;
        }

        m.Charge(Math.Min(a.Weight, b.Weight) >> (a.Kind >= JqKind.Array ? 4 : 6));
        return JqOrder.Compare(a, b);
    }

    public static JqValue? Split(Machine m, string text, string separator)
    {
        m.ChargeSearch(text, separator);
        if (text.Length == 0)
            return JqValue.EmptyArray;
        var parts = separator.Length == 0 ? text.EnumerateRunes().Select(r => r.ToString()) : text.Split(separator);
        return m.Made(JqArray.Of([.. parts.Select(p => new JqString(p))]));
    }

    private static JqValue Grown(Machine m, JqValue value, int cost)
    {
        m.CheckSize(value.Weight);
        m.Charge(cost);
        return value;
    }

    private static JqValue? Equality(Machine m, JqValue a, JqValue b, bool wanted)
    {
        if (a.Kind >= JqKind.Array && a.Kind == b.Kind)
        {
            if (Math.Min(a.Depth, b.Depth) > JqValue.MaxDepth)
                return m.Fail("Equality check too deep");
            m.Charge(Math.Min(a.Weight, b.Weight) >> 5);
        }
        else if (a is JqString x && b is JqString y && x.Text.Length == y.Text.Length)
            m.Charge(x.Text.Length >> 8);

        return JqValue.From(JqOrder.AreEqual(a, b) == wanted);
    }

    /// <summary>Whether two items are equal, paid for by what must be looked at.</summary>
    public static bool AreEqual(Machine m, JqValue a, JqValue b)
    {
        if (a.Kind == b.Kind && a.Kind >= JqKind.String)
            m.Charge(Math.Min(a.Weight, b.Weight) >> (a.Kind >= JqKind.Array ? 5 : 8));
        return JqOrder.AreEqual(a, b);
    }

    private static JqValue? Subtract(Machine m, JqValue a, JqValue b)
    {
        if (a is JqNumber x && b is JqNumber y)
            return JqNumber.Of(x.Value - y.Value);
        if (a is not JqArray left || b is not JqArray right)
            return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be subtracted");
        m.Charge((long)left.Count * right.Count >> 3);
        var kept = new List<JqValue>();
        foreach (var item in left.Span)
        {
            var found = false;
            for (var i = 0; !found && i < right.Count; i++)
                found = AreEqual(m, item, right.Span[i]);
            if (!found)
                kept.Add(item);
        }

        return JqArray.Of([.. kept]);
    }

    private static JqValue? Multiply(Machine m, JqValue a, JqValue b)
    {
        switch (a, b)
        {
            case (JqNumber x, JqNumber y):
                return JqNumber.Of(x.Value * y.Value);
            case (JqString text, JqNumber times):
                return Repeat(m, text.Text, times.Value);
            case (JqNumber times, JqString text):
                return Repeat(m, text.Text, times.Value);
            case (JqObject x, JqObject y):
                return DeepMerge.Apply(m, x, y);
            default:
                return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be multiplied");
        }
    }

    /// <summary>jq 1.8: null for a negative or NaN count; a fraction of a copy is dropped.</summary>
    private static JqValue? Repeat(Machine m, string text, double times)
    {
        if (double.IsNaN(times) || times < 0)
            return JqValue.Null;
        var count = Math.Floor(times);
        if (count == 0 || text.Length == 0)
            return JqString.Empty;
        if (text.Length * count > int.MaxValue)
            return m.Fail("Repeat string result too long");
        m.CheckSize((long)(text.Length * count));
        return m.Made(new JqString(new StringBuilder().Insert(0, text, (int)count).ToString()));
    }

    private static JqValue? Divide(Machine m, JqValue a, JqValue b)
    {
        switch (a, b)
        {
            case (JqNumber, JqNumber { Value: 0 }):
                return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be divided because the divisor is zero");
            case (JqNumber x, JqNumber y):
                return JqNumber.Of(x.Value / y.Value);
            case (JqString x, JqString y):
                return Split(m, x.Text, y.Text);
            default:
                return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be divided");
        }
    }

    private static JqValue? Modulo(Machine m, JqValue a, JqValue b)
    {
        if (a is not JqNumber x || b is not JqNumber y)
            return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be divided");
        if (double.IsNaN(x.Value) || double.IsNaN(y.Value))
            return JqNumber.Of(double.NaN);
        long left = ToInteger(x.Value), right = ToInteger(y.Value);
        if (right == 0)
            return m.Fail($"{ErrorText.Describe(a)} and {ErrorText.Describe(b)} cannot be divided (remainder) because the divisor is zero");
        // The sign is the dividend's. -1 would overflow on the least integer.
        return right is 1 or -1 ? JqNumber.Of(0.0) : JqNumber.Of((double)(left % Math.Abs((decimal)right)));
    }

    private static long ToInteger(double value) =>
        value >= long.MaxValue ? long.MaxValue : value <= long.MinValue ? long.MinValue : (long)value;
}
