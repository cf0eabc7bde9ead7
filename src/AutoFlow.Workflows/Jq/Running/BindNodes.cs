namespace AutoFlow.Workflows.Jq;

/// <summary><c>source as $x | body</c>, where body goes on with the input.</summary>
internal sealed class BindNode : Node
{
    private readonly Node source;
    private readonly int slot;
    private readonly Node body;
    private readonly bool keepPath;

    /// <param name="source">Gives the values.</param>
    /// <param name="slot">The variable.</param>
    /// <param name="body">What follows.</param>
    /// <param name="keepPath">The path follows the source, as in reduce and foreach; otherwise the source is outside it.</param>
    public BindNode(Node source, int slot, Node body, bool keepPath = false)
    {
        this.source = source;
        this.slot = slot;
        this.body = body;
        this.keepPath = keepPath;
        Measure(true, source, body);
        MeasureStream(source.IsStream && body.IsStream, !keepPath && source.IsStream && body.IsPathStream);
    }

    public override void Enter(Machine m)
    {
        if (source.IsDirect && (m.Path is null || !keepPath))
        {
            if (source.Direct(m, m.Env, m.Value) is { } value)
            {
                m.Env.Slots[slot] = value;
                m.Next = body;
            }
            else
                m.Raise();
            return;
        }

        m.Push(new Bound(this, m.Value, m.Path));
        if (!keepPath)
            m.Path = null;
        m.Next = source;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        if (source.Direct(m, env, input) is not { } value)
            return null;
        env.Slots[slot] = value;
        return body.Direct(m, env, input);
    }

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (!source.IsDirect)
            return source.Stream(m, env, input, null, new BoundSink(this, env, input, path, sink));
        if (source.Direct(m, env, input) is not { } value)
            return false;
        env.Slots[slot] = value;
        return body.Stream(m, env, input, path, sink);
    }

    private sealed class BoundSink(BindNode node, Env env, JqValue input, PathNode? path, Sink sink) : Sink
    {
        public override bool Accept(Machine m, JqValue value, PathNode? unused)
        {
            m.Charge(1);
            env.Slots[node.slot] = value;
            return node.body.Stream(m, env, input, path, sink);
        }
    }

    private sealed class Bound(BindNode node, JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Env.Slots[node.slot] = m.Value;
            m.Value = input;
            if (!node.keepPath)
                m.Path = path;
            m.Next = node.body;
        }
    }
}

/// <summary>Alternative destructurings <c>p1 ?// p2</c>: an error in one, or in what follows, moves on to the next.</summary>
internal sealed class AlternativesNode : Node
{
    private readonly int[] variables;
    private readonly Node[] alternatives;

    public AlternativesNode(int[] variables, Node[] alternatives)
    {
        this.variables = variables;
        this.alternatives = alternatives;
        Measure(false, alternatives);
    }

    public override void Enter(Machine m) => Try(m, 0);

    private void Try(Machine m, int index)
    {
        foreach (var slot in variables)
            m.Env.Slots[slot] = JqValue.Null;
        if (index + 1 < alternatives.Length)
            m.Push(new NextFork(this, index + 1, m.Value));
        m.Next = alternatives[index];
    }

    private sealed class NextFork(AlternativesNode node, int index, JqValue input) : Fork
    {
        public override bool Catches => true;

        public override bool Resume(Machine m) => false;

        public override bool Catch(Machine m)
        {
            m.Value = input;
            node.Try(m, index);
            return true;
        }
    }
}

/// <summary><c>label $name | body</c>: remembers the forks there are, for <c>break</c> to cut back to.</summary>
internal sealed class LabelNode : Node
{
    private readonly int slot;
    private readonly Node body;

    public LabelNode(int slot, Node body)
    {
        this.slot = slot;
        this.body = body;
        Measure(false, body);
    }

    public override void Enter(Machine m)
    {
        m.Env.Slots[slot] = JqValue.From(m.ForkCount);
        m.Next = body;
    }
}

internal sealed class BreakNode(int levels, int slot) : Node
{
    public override void Enter(Machine m)
    {
        m.Cut((int)((JqNumber)m.Env.Up(levels).Slots[slot]).Value);
        m.Backtrack();
    }
}
