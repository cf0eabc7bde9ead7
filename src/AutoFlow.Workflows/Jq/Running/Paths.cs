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

    /// <summary>Deletes the places, the last first, so that deleting one does not move another.</summary>
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

        var sorted = list.Span.ToArray();
        Array.Sort(sorted, (a, b) => JqOrder.Compare(b, a, nanEqualsNan: true));
        foreach (var path in sorted)
        {
            var keys = ((JqArray)path).Span;
            if (keys.Length == 0)
                return JqValue.Null;
            var last = keys[^1];
            if (Get(m, value, JqArray.Of(keys[..^1].ToArray())) is not { } parent)
                return null;
            if (parent.IsNull)
                continue;
            if (Update(m, value, keys[..^1], (_, container) => Remove(m, container, last)) is not { } next)
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
        m.Charge(target.Count >> 4);
        switch (target, key)
        {
            case (JqObject o, JqString name):
                return m.Made(o.Set(name.Text, value));
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
        return m.Made(array.Set((int)index, value));
    }

    private static JqValue? PutSlice(Machine m, JqArray array, JqObject slice, JqValue value)
    {
        if (Access.Bounds(slice, array.Count) is not var (from, to))
            return m.Fail("Start and end indices of an array slice must be numbers");
        return value is JqArray part
            ? m.Made(JqArray.Of([.. array.Span[..from], .. part.Span, .. array.Span[to..]]))
            : m.Fail("A slice of an array can only be assigned another array");
    }

    private static JqValue? Remove(Machine m, JqValue target, JqValue key)
    {
        m.Charge(target.Count >> 4);
        switch (target, key)
        {
            case ({ IsNull: true }, _):
                return target;
            case (JqObject o, JqString name):
                return o.Remove(name.Text);
            case (JqArray array, JqNumber position):
                var index = Math.Floor(position.Value);
                if (index < 0)
                    index += array.Count;
                return index >= 0 && index < array.Count
                    ? JqArray.Of([.. array.Span[..(int)index], .. array.Span[((int)index + 1)..]])
                    : array;
            case (JqArray array, JqObject slice):
                if (Access.Bounds(slice, array.Count) is not var (from, to))
                    return m.Fail("Start and end indices of an array slice must be numbers");
                return JqArray.Of([.. array.Span[..from], .. array.Span[to..]]);
            case (JqObject, _):
                return m.Fail($"Cannot delete field at object index of {target.TypeName}");
            case (JqArray, _):
                return m.Fail("Cannot delete field at array index of array");
            default:
                return m.Fail($"Cannot delete fields from {target.TypeName}");
        }
    }
}
