namespace AutoFlow.Workflows.Jq;

/// <summary><c>range</c> over direct bounds.</summary>
internal sealed class RangeNode : Node
{
    private readonly Node from;
    private readonly Node upTo;
    private readonly Node step;

    public RangeNode(Node from, Node upTo, Node step)
    {
        this.from = from;
        this.upTo = upTo;
        this.step = step;
        Measure(false, from, upTo, step);
        MeasureStream(true, true);
    }

    public override void Enter(Machine m)
    {
        if (Bounds(m, m.Env, m.Value) is not { } numbers)
        {
            m.Raise();
            return;
        }

        m.Push(numbers);
        m.Backtrack();
    }

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (Bounds(m, env, input) is not { } numbers)
            return false;
        while (numbers.Next() is { } value)
        {
            m.Charge(1);
            if (!sink.Accept(m, value, path))
                return false;
        }

        return true;
    }

    private Numbers? Bounds(Machine m, Env env, JqValue input)
    {
        if (from.Direct(m, env, input) is not { } start
            || upTo.Direct(m, env, input) is not { } end
            || step.Direct(m, env, input) is not { } by)
            return null;
        if (start is JqNumber a && end is JqNumber b && by is JqNumber c)
            return new Numbers(a.Value, b.Value, c.Value);
        m.Fail("Range bounds must be numeric");
        return null;
    }

    private sealed class Numbers(double next, double end, double by) : Fork
    {
        public JqValue? Next()
        {
            if (!(by > 0 ? next < end : by < 0 ? next > end : by == 0 && next < end))
                return null;
            var value = JqValue.From(next);
            next += by;
            return value;
        }

        public override bool Resume(Machine m)
        {
            if (Next() is not { } value)
                return false;
            m.Value = value;
            m.Repush(this);
            return true;
        }
    }
}
