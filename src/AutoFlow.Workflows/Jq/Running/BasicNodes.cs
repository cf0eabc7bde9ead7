namespace AutoFlow.Workflows.Jq;

internal sealed class IdentityNode : Node
{
    public IdentityNode() => Measure(true);

    public override void Enter(Machine m)
    {
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) => input;
}

internal sealed class LiteralNode : Node
{
    public LiteralNode(JqValue value)
    {
        Value = value;
        Measure(true);
    }

    public JqValue Value { get; }

    public override void Enter(Machine m) => m.Value = Value;

    public override JqValue? Direct(Machine m, Env env, JqValue input) => Value;
}

internal sealed class VariableNode : Node
{
    private readonly int levels;
    private readonly int slot;

    public VariableNode(int levels, int slot)
    {
        this.levels = levels;
        this.slot = slot;
        Measure(true);
    }

    public override void Enter(Machine m) => m.Value = m.Env.Up(levels).Slots[slot];

    public override JqValue? Direct(Machine m, Env env, JqValue input) => env.Up(levels).Slots[slot];
}

/// <summary><c>empty</c>.</summary>
internal sealed class EmptyNode : Node
{
    public EmptyNode() => MeasureStream(true, true);

    public override void Enter(Machine m) => m.Backtrack();

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) => true;
}

/// <summary><c>a | b</c>.</summary>
internal sealed class PipeNode : Node
{
    private readonly Node first;
    private readonly Node second;

    public PipeNode(Node first, Node second)
    {
        this.first = first;
        this.second = second;
        Measure(true, first, second);
        MeasureStream(first.IsStream && second.IsStream, first.IsPathStream && second.IsPathStream);
    }

    public override void Enter(Machine m)
    {
        if (m.Path is null && first.IsDirect)
        {
            if (first.Direct(m, m.Env, m.Value) is not { } value)
            {
                m.Raise();
                return;
            }

            m.Value = value;
            m.Next = second;
            return;
        }

        m.Push(new Rest(second));
        m.Next = first;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) =>
        first.Direct(m, env, input) is { } value ? second.Direct(m, env, value) : null;

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (path is null && first.IsDirect)
            return first.Direct(m, env, input) is { } value && second.Stream(m, env, value, null, sink);
        return first.Stream(m, env, input, path, new RestSink(second, env, sink));
    }

    private sealed class RestSink(Node second, Env env, Sink sink) : Sink
    {
        public override bool Accept(Machine m, JqValue value, PathNode? path) => second.Stream(m, env, value, path, sink);
    }

    private sealed class Rest(Node second) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Next = second;
        }
    }
}

/// <summary><c>a, b, ...</c>.</summary>
internal sealed class CommaNode : Node
{
    private readonly Node[] items;

    public CommaNode(Node[] items)
    {
        this.items = items;
        Measure(false, items);
        MeasureStream(items.All(i => i.IsStream), items.All(i => i.IsPathStream));
    }

    public ReadOnlySpan<Node> Items => items;

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        foreach (var item in items)
        {
            m.Charge(1);
            if (!item.Stream(m, env, input, path, sink))
                return false;
        }

        return true;
    }

    public override void Enter(Machine m)
    {
        m.Push(new Others(items, m.Value));
        m.Next = items[0];
    }

    private sealed class Others(Node[] items, JqValue input) : Fork
    {
        private int next = 1;

        public override bool Resume(Machine m)
        {
            m.Value = input;
            m.Next = items[next++];
            if (next < items.Length)
                m.Repush(this);
            return true;
        }
    }
}
