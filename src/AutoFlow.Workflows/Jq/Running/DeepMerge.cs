namespace AutoFlow.Workflows.Jq;

/// <summary><c>object * object</c>: merges objects inside objects too, in a loop so that depth is safe.</summary>
internal static class DeepMerge
{
    public static JqValue? Apply(Machine m, JqObject a, JqObject b)
    {
        if (Math.Min(a.Depth, b.Depth) > JqValue.MaxDepth + 1)
            return m.Fail("Object merge too deep");
        m.Charge((a.Weight + b.Weight) >> 6);
        var open = new Stack<Level>();
        open.Push(new Level("", a, b));
        while (true)
        {
            var level = open.Peek();
            if (level.NextConflict() is { } inner)
            {
                open.Push(inner);
                continue;
            }

            open.Pop();
            var merged = level.Result.ToObject();
            if (open.Count == 0)
                return m.Made(merged);
            open.Peek().Result.Set(level.Key, merged);
        }
    }

    private sealed class Level(string key, JqObject a, JqObject b)
    {
        private int next;

        public string Key => key;

        public JqObjectBuilder Result { get; } = new(a);

        /// <summary>Copies properties until one is an object on both sides.</summary>
        public Level? NextConflict()
        {
            while (next < b.Count)
            {
                var name = b.Keys[next];
                var value = b.Values[next++];
                if (value is JqObject inner && a.Get(name) is JqObject outer)
                    return new Level(name, outer, inner);
                Result.Set(name, value);
            }

            return null;
        }
    }
}
