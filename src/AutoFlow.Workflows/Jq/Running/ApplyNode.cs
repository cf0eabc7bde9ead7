namespace AutoFlow.Workflows.Jq;

/// <summary>A function of the input and of argument values: one value or null with the machine's error set.</summary>
internal delegate JqValue? Apply(Machine m, JqValue input, JqValue[] arguments);

/// <summary>
/// Applies a function written in C# to every combination of its arguments' values. The arguments are no part of a path.
/// </summary>
internal sealed class ApplyNode : Node
{
    private readonly Node[] arguments;
    private readonly Apply apply;
    private readonly bool lastIsOuter;

    /// <param name="arguments">The arguments.</param>
    /// <param name="apply">The function.</param>
    /// <param name="lastIsOuter">Whether the first argument varies fastest, as in calls; in objects the last does.</param>
    public ApplyNode(Node[] arguments, Apply apply, bool lastIsOuter = true)
    {
        this.arguments = arguments;
        this.apply = apply;
        this.lastIsOuter = lastIsOuter;
        Measure(true, arguments);
    }

    public override void Enter(Machine m)
    {
        if (IsDirect)
            m.Return(Direct(m, m.Env, m.Value));
        else
            Next(m, new JqValue[arguments.Length], 0, m.Value, m.Path);
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        m.Charge(1);
        var values = arguments.Length == 0 ? [] : new JqValue[arguments.Length];
        for (var done = 0; done < values.Length; done++)
        {
            var at = lastIsOuter ? values.Length - 1 - done : done;
            if (arguments[at].Direct(m, env, input) is not { } value)
                return null;
            values[at] = value;
        }

        return apply(m, input, values) is { } result ? m.Made(result) : null;
    }

    private void Next(Machine m, JqValue[] values, int done, JqValue input, PathNode? path)
    {
        if (done == values.Length)
        {
            m.Path = path;
            m.Return(apply(m, input, values) is { } result ? m.Made(result) : null);
            return;
        }

        m.Push(new Argument(this, values, done, input, path));
        m.Value = input;
        m.Path = null;
        m.Next = arguments[lastIsOuter ? values.Length - 1 - done : done];
    }

    private sealed class Argument(ApplyNode node, JqValue[] values, int done, JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var copy = (JqValue[])values.Clone();
            copy[node.lastIsOuter ? copy.Length - 1 - done : done] = m.Value;
            node.Next(m, copy, done + 1, input, path);
        }
    }
}

/// <summary>An operator of two operands; the right one is the outer loop.</summary>
internal sealed class BinaryNode : Node
{
    private readonly Func<Machine, JqValue, JqValue, JqValue?> apply;
    private readonly Node left;
    private readonly Node right;

    public BinaryNode(Func<Machine, JqValue, JqValue, JqValue?> apply, Node left, Node right)
    {
        this.apply = apply;
        this.left = left;
        this.right = right;
        Measure(true, left, right);
    }

    public override void Enter(Machine m)
    {
        if (IsDirect)
        {
            m.Return(Direct(m, m.Env, m.Value));
            return;
        }

        m.Push(new WithRight(this, m.Value, m.Path));
        m.Path = null;
        m.Next = right;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        m.Charge(1);
        return right.Direct(m, env, input) is { } r && left.Direct(m, env, input) is { } l ? apply(m, l, r) : null;
    }

    private sealed class WithRight(BinaryNode node, JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Push(new WithLeft(node, m.Value, path));
            m.Value = input;
            m.Next = node.left;
        }
    }

    private sealed class WithLeft(BinaryNode node, JqValue r, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Path = path;
            m.Return(node.apply(m, m.Value, r));
        }
    }
}
