namespace AutoFlow.Workflows.Jq;

/// <summary><c>range</c> over direct bounds.</summary>
internal sealed class RangeNode(Node from, Node upTo, Node step) : Node
{
    public override void Enter(Machine m)
    {
        if (from.Direct(m, m.Env, m.Value) is not JqNumber start
            || upTo.Direct(m, m.Env, m.Value) is not JqNumber end
            || step.Direct(m, m.Env, m.Value) is not JqNumber by)
        {
            m.Raise("Range bounds must be numeric");
            return;
        }

        m.Push(new Numbers(start.Value, end.Value, by.Value));
        m.Backtrack();
    }

    private sealed class Numbers(double next, double end, double by) : Fork
    {
        public override bool Resume(Machine m)
        {
            if (!(by > 0 ? next < end : by < 0 ? next > end : by == 0 && next < end))
                return false;
            m.Value = JqValue.From(next);
            next += by;
            m.Repush(this);
            return true;
        }
    }
}
