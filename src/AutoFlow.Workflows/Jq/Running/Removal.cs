namespace AutoFlow.Workflows.Jq;

/// <summary>Deletes keys from one array or object, all of them as they are before any is deleted.</summary>
internal static class Removal
{
    public static JqValue? Apply(Machine m, JqValue target, IReadOnlyList<JqValue> keys)
    {
        m.Charge(target is JqObject large ? (long)large.UpdateCost * keys.Count : target.Count >> 4);
        return target switch
        {
            JqArray array => FromArray(m, array, keys),
            JqObject o => FromObject(m, o, keys),
            { IsNull: true } => target,
            _ => m.Fail($"Cannot delete fields from {target.TypeName}"),
        };
    }

    private static JqValue? FromArray(Machine m, JqArray array, IReadOnlyList<JqValue> keys)
    {
        var deleted = new bool[array.Count];
        foreach (var key in keys)
        {
            switch (key)
            {
                case JqNumber position:
                    var index = Math.Floor(position.Value);
                    if (index < 0)
                        index += array.Count;
                    if (index >= 0 && index < array.Count)
                        deleted[(int)index] = true;
                    break;
                case JqObject slice:
                    if (Access.Bounds(slice, array.Count) is not var (from, to))
                        return m.Fail("Start and end indices of an array slice must be numbers");
                    deleted.AsSpan(from, to - from).Fill(true);
                    break;
                default:
                    return m.Fail($"Cannot delete field at {key.TypeName} index of array");
            }
        }

        return JqArray.Of([.. array.Items.Where((_, i) => !deleted[i])]);
    }

    private static JqValue? FromObject(Machine m, JqObject o, IReadOnlyList<JqValue> keys)
    {
        JqValue result = o;
        foreach (var key in keys)
        {
            if (key is not JqString name)
                return m.Fail($"Cannot delete field at object index of {key.TypeName}");
            result = result.Without(name.Text);
        }

        return result;
    }
}
