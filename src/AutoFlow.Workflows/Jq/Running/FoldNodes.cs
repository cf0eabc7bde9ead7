namespace AutoFlow.Workflows.Jq;

/// <summary>The state of a running reduce or foreach; it outlives backtracking, as in jq.</summary>
internal sealed class FoldState(JqValue value)
{
    public JqValue Value { get; set; } = value;
}

/// <summary>
/// <c>reduce</c> and <c>foreach</c>. The source is a node that binds the pattern and continues with <see cref="FoldStep"/>.
/// </summary>
internal sealed class FoldNode : Node
{
    private readonly Node init;
    private readonly Node source;
    private readonly FoldStep step;

    public FoldNode(Node init, Node source, FoldStep step)
    {
        this.init = init;
        this.source = source;
        this.step = step;
        Measure(false, init, source, step.Update, step.Extract);
        var streams = init.IsDirect && source.IsStream && step.Update.IsDirect;
        MeasureDirect(streams && step.IsReduce);
        MeasureStream(streams && step.Extract is null or { IsStream: true }, false);
    }

    public override void Enter(Machine m)
    {
        if (m.Path is null && IsDirect)
        {
            m.Return(Direct(m, m.Env, m.Value));
            return;
        }

        m.Push(new Started(this, m.Value));
        m.Next = init;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        if (init.Direct(m, env, input) is not { } start)
            return null;
        var fold = new FoldSink(step, env, start, null);
        return source.Stream(m, env, input, null, fold) ? fold.Value : null;
    }

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (step.IsReduce)
            return base.Stream(m, env, input, path, sink);
        return init.Direct(m, env, input) is { } start && source.Stream(m, env, input, null, new FoldSink(step, env, start, sink));
    }

    /// <summary>Updates the state for each item; with a sink, hands on what a foreach extracts.</summary>
    private sealed class FoldSink(FoldStep step, Env env, JqValue value, Sink? sink) : Sink
    {
        public JqValue Value { get; private set; } = value;

        public override bool Accept(Machine m, JqValue item, PathNode? path)
        {
            m.Charge(1);
            if (step.Update.Direct(m, env, Value) is not { } next)
                return false;
            Value = next;
            return sink is null || (step.Extract is { } extract ? extract.Stream(m, env, next, null, sink) : sink.Accept(m, next, null));
        }
    }

    private sealed class Started(FoldNode node, JqValue input) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var state = new FoldState(m.Value);
            if (node.step.IsReduce)
                m.Push(new Reduced(state));
            m.Push(new Running(node.step, state));
            m.Value = input;
            m.Next = node.source;
        }
    }

    /// <summary>Receives control each time the source has bound its pattern.</summary>
    private sealed class Running(FoldStep step, FoldState state) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            step.Run(m, state);
        }
    }

    private sealed class Reduced(FoldState state) : Fork
    {
        public override bool Resume(Machine m)
        {
            m.Value = state.Value;
            return true;
        }
    }
}

/// <summary>What a fold does for each item.</summary>
internal sealed class FoldStep(Node update, Node? extract, bool isReduce)
{
    public Node Update => update;

    public Node? Extract => extract;

    public bool IsReduce => isReduce;

    public void Run(Machine m, FoldState state)
    {
        m.Value = state.Value;
        // An update without output leaves null (jq 1.7).
        if (isReduce)
            state.Value = JqValue.Null;
        m.Push(new Updated(state, extract, isReduce));
        m.Next = update;
    }

    private sealed class Updated(FoldState state, Node? extract, bool isReduce) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            state.Value = m.Value;
            if (isReduce)
                m.Backtrack();
            else
                m.Next = extract;
        }
    }
}

/// <summary>The end of a fold's source: gives control to the fold as it is.</summary>
internal sealed class HandOverNode : Node
{
    public HandOverNode() => Measure(true);

    public override void Enter(Machine m)
    {
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) => input;
}
