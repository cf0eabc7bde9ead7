namespace AutoFlow.Workflows.Jq;

/// <summary><c>getpath</c>, <c>setpath</c> and <c>delpaths</c>, in loops so that long paths are safe.</summary>
internal static class Paths
{
    /// <summary>jq's own bound on an array that an assignment may make.</summary>
    private const int MaxIndex = 536_870_911;

    public static JqValue? Get(Machine m, JqValue value, JqValue path)
    {
        if (path is not JqArray keys)
            return m.Fail("Path must be specified as an array");
        if (keys.Count > JqValue.MaxDepth)
            return m.Fail("Path too deep");
        m.Charge(keys.Count);
        foreach (var key in keys.Span)
        {
            if (value.IsNull)
                return value;
            if (Access.Index(m, value, key) is not { } next)
                return null;
            value = next;
        }

        return value;
    }

    public static JqValue? Set(Machine m, JqValue value, JqValue path, JqValue replacement)
    {
        if (path is not JqArray keys)
            return m.Fail("Path must be specified as an array");
        return Update(m, value, keys.Span, (_, _) => replacement);
    }

    /// <summary>Deletes the places, all as they are before any is deleted.</summary>
    public static JqValue? Delete(Machine m, JqValue value, JqValue paths)
    {
        if (paths is not JqArray list)
            return m.Fail("Paths must be specified as an array");
        foreach (var path in list.Span)
        {
            if (path is not JqArray keys)
                return m.Fail("Path must be specified as an array");
            if (keys.Count > JqValue.MaxDepth)
                return m.Fail("Path too deep");
        }

        // Deeper places first: deleting them moves nothing above. What one container loses, it loses at once.
        var places = list.Items.Cast<JqArray>()
            .Select(p => (Parent: p.Slice(0, p.Count - 1), Key: p.At(-1), Length: p.Count))
            .OrderByDescending(p => p.Length)
            .ThenBy(p => p.Parent)
            .ToList();
        m.Charge(list.Weight >> 4);
        for (var from = 0; from < places.Count;)
        {
            var (parent, _, length) = places[from];
            if (length == 0)
                return JqValue.Null;
            var keys = new List<JqValue>();
            for (; from < places.Count && places[from].Length == length && places[from].Parent == parent; from++)
                keys.Add(places[from].Key);
            if (Get(m, value, parent) is not { } container)
                return null;
            if (container.IsNull)
                continue;
            if (Update(m, value, ((JqArray)parent).Span, (_, target) => Removal.Apply(m, target, keys)) is not { } next)
                return null;
            value = next;
        }

        return value;
    }

    /// <summary>Changes the value at the path and rebuilds what encloses it.</summary>
    private static JqValue? Update(
        Machine m, JqValue value, ReadOnlySpan<JqValue> keys, Func<Machine, JqValue, JqValue?> change)
    {
        if (keys.Length > JqValue.MaxDepth)
            return m.Fail("Path too deep");
        m.Charge(keys.Length);
        var parents = new JqValue[keys.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            parents[i] = value;
            // A missing element reads as null, but a bad key must fail before anything is replaced.
            if (Access.Index(m, value, keys[i]) is not { } next)
                return value is JqArray && keys[i] is JqArray ? m.Fail("Cannot update field at array index of array") : null;
            value = next;
        }

        var result = change(m, value);
        for (var i = keys.Length - 1; i >= 0 && result is not null; i--)
            result = Put(m, parents[i], keys[i], result);
        return result;
    }

    private static JqValue? Put(Machine m, JqValue target, JqValue key, JqValue value)
    {
        switch (target, key)
        {
            case (JqObject o, JqString name):
                m.Charge(o.UpdateCost);
                return Checked(m, o.Set(name.Text, value));
            case ({ IsNull: true }, JqString name):
                return m.Made(JqValue.Null.With(name.Text, value));
            case (JqArray or { IsNull: true }, JqNumber index):
                return PutAt(m, target as JqArray ?? (JqArray)JqValue.EmptyArray, index.Value, value);
            case (JqArray or { IsNull: true }, JqObject slice):
                return PutSlice(m, target as JqArray ?? (JqArray)JqValue.EmptyArray, slice, value);
            case (JqString, JqObject):
                return m.Fail("Cannot update string slices");
            case (JqArray, JqArray):
                return m.Fail("Cannot update field at array index of array");
            default:
                return m.Fail($"Cannot update field at {key.TypeName} index of {target.TypeName}");
        }
    }

    private static JqValue? PutAt(Machine m, JqArray array, double position, JqValue value)
    {
        if (double.IsNaN(position))
            return m.Fail("Cannot set array element at NaN index");
        var index = Math.Floor(position);
        if (index < 0)
            index += array.Count;
        if (index < 0)
            return m.Fail("Out of bounds negative array index");
        if (index > MaxIndex)
            return m.Fail("Array index too large");
        m.CheckSize((long)index * 5);
        m.Charge(array.UpdateCost + ((long)Math.Max(0, index - array.Count) >> 4));
        return Checked(m, array.Set((int)index, value));
    }

    /// <summary>An update is paid for before; what is left to check is that values do not grow beyond bounds.</summary>
    private static JqValue Checked(Machine m, JqValue value)
    {
        m.CheckSize(value.Weight);
        return value;
    }

    private static JqValue? PutSlice(Machine m, JqArray array, JqObject slice, JqValue value)
    {
        if (Access.Bounds(slice, array.Count) is not var (from, to))
            return m.Fail("Start and end indices of an array slice must be numbers");
        return value is JqArray part
            ? m.Made(JqArray.Of([.. array.Span[..from], .. part.Span, .. array.Span[to..]]))
            : m.Fail("A slice of an array can only be assigned another array");
    }
}
