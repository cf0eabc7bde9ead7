namespace AutoFlow.Workflows.Jq;

/// <summary>Reading one level into a value.</summary>
internal static class Access
{
    /// <summary>Replaces the machine's value by what <paramref name="key"/> leads to, extending the path if there is one.</summary>
    public static void Step(Machine m, JqValue key)
    {
        if (Follow(m, m.Value, key, m.Path) is not { } value)
        {
            m.Raise();
            return;
        }

        m.Value = value;
        m.Path = m.Path?.Append(key, value);
    }

    /// <summary>jq's <c>target[key]</c>, where the path, if there is one, must lead to the target.</summary>
    public static JqValue? Follow(Machine m, JqValue target, JqValue key, PathNode? path) =>
        path is null || path.LeadsTo(target)
            ? Index(m, target, key)
            : m.Fail($"Invalid path expression near attempt to access element {ErrorText.Show(key)} of {ErrorText.Show(target)}");

    /// <summary>jq's <c>target[key]</c>.</summary>
    public static JqValue? Index(Machine m, JqValue target, JqValue key) => (target, key) switch
    {
        (JqObject o, JqString name) => Get(m, o, name.Text),
        (JqArray array, JqNumber index) => At(array, index.Value),
        (JqArray or JqString or { IsNull: true }, JqObject slice) => Slice(m, target, slice),
        (JqArray array, JqArray part) => m.Made(Indices(m, array, part)),
        ({ IsNull: true }, JqString or JqNumber or { IsNull: true }) => JqValue.Null,
        _ => m.Fail($"Cannot index {target.TypeName} with {DescribeKey(key)}"),
    };

    public static string DescribeKey(JqValue key) =>
        key.Kind is JqKind.String or JqKind.Number ? ErrorText.Describe(key) : key.TypeName;

    /// <summary>Resolves a slice to element numbers within a length; null when the bounds are no numbers.</summary>
    public static (int From, int To)? Bounds(JqObject slice, int length)
    {
        JqValue start = slice.Get("start"), end = slice.Get("end");
        if (start is not (JqNumber or { IsNull: true }) || end is not (JqNumber or { IsNull: true }))
            return null;
        var from = Math.Floor(Resolve((start as JqNumber)?.Value ?? 0, 0, length));
        var to = Math.Ceiling(Resolve((end as JqNumber)?.Value ?? length, length, length));
        return ((int)from, (int)Math.Max(from, to));
    }

    /// <summary>Where <paramref name="part"/> occurs in <paramref name="array"/>.</summary>
    private static JqValue Indices(Machine m, JqArray array, JqArray part)
    {
        m.Charge((long)array.Count * part.Count >> 3);
        var found = new List<JqValue>();
        for (var i = 0; part.Count > 0 && i + part.Count <= array.Count; i++)
        {
            var same = true;
            for (var j = 0; same && j < part.Count; j++)
                same = Operators.AreEqual(m, array.Span[i + j], part.Span[j]);
            if (same)
                found.Add(JqValue.From(i));
        }

        return part.Count == 0 ? JqValue.Null : JqArray.Of([.. found]);
    }

    private static JqValue At(JqArray array, double index)
    {
        var whole = Math.Floor(index);
        return whole >= int.MinValue && whole <= int.MaxValue ? array.At((int)whole) : JqValue.Null;
    }

    private static JqValue? Slice(Machine m, JqValue target, JqObject slice)
    {
        var length = target switch { JqArray a => a.Count, JqString s => s.Length, _ => 0 };
        if (Bounds(slice, length) is not var (from, to))
            return m.Fail("Start and end indices of an array slice must be numbers");
        return target switch
        {
            JqArray array => Slice(m, array, from, to),
            JqString text => Slice(m, text, from, to),
            _ => JqValue.Null,
        };
    }

    private static JqValue Get(Machine m, JqObject o, string name)
    {
        m.Charge(name.Length >> 8);
        return o.Get(name);
    }

    private static JqValue Slice(Machine m, JqArray array, int from, int to)
    {
        m.Charge(array.IsShared ? array.Count >> 6 : 0);
        return m.Made(array.Slice(from, to));
    }

    private static JqString Slice(Machine m, JqString text, int from, int to)
    {
        // With surrogates, the place of a code point must be counted out.
        m.Charge((text.HasSurrogates ? text.Text.Length : to - from) >> 6);
        return new JqString(CodePoints.Slice(text, from, to));
    }

    private static double Resolve(double bound, double whenNan, int length)
    {
        if (double.IsNaN(bound))
            return whenNan;
        return Math.Clamp(bound < 0 ? bound + length : bound, 0, length);
    }
}
