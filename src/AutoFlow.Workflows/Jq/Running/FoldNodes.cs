namespace AutoFlow.Workflows.Jq;

/// <summary><c>[body]</c>.</summary>
internal sealed class CollectNode : Node
{
    private readonly Node body;
    private readonly Node[]? items;

    public CollectNode(Node body)
    {
        this.body = body;
        Node[] single = body is CommaNode comma ? [.. comma.Items] : [body];
        Measure(true, single);
        items = IsDirect ? single : null;
    }

    public override void Enter(Machine m)
    {
        if (items is not null)
        {
            m.Return(Direct(m, m.Env, m.Value));
            return;
        }

        var collected = new Collected();
        m.Push(collected);
        m.Push(new Add(collected));
        m.Path = null;
        m.Next = body;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        var values = new JqValue[items!.Length];
        for (var i = 0; i < values.Length; i++)
        {
            m.Charge(1);
            if (items[i].Direct(m, env, input) is not { } value)
                return null;
            values[i] = value;
        }

        return m.Made(JqArray.Of(values));
    }

    private sealed class Collected : Fork
    {
        private readonly List<JqValue> values = [];
        private long weight;

        public void Add(Machine m, JqValue value)
        {
            weight += value.Weight + 1;
            m.CheckSize(weight);
            values.Add(value);
        }

        public override bool Resume(Machine m)
        {
            m.Value = m.Made(JqArray.Of([.. values]));
            return true;
        }
    }

    private sealed class Add(Collected collected) : Continuation
    {
        public override void Resume(Machine m)
        {
            collected.Add(m, m.Value);
            m.Backtrack();
        }
    }
}

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
        Measure(false, init, source);
    }

    public override void Enter(Machine m)
    {
        m.Push(new Started(this, m.Value));
        m.Next = init;
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
    public bool IsReduce => isReduce;

    public void Run(Machine m, FoldState state)
    {
        m.Value = state.Value;
        if (isReduce)
        {
            if (update.IsDirect)
            {
                if (update.Direct(m, m.Env, m.Value) is not { } next)
                {
                    m.Raise();
                    return;
                }

                state.Value = next;
                m.Backtrack();
                return;
            }

            // An update without output leaves null (jq 1.7).
            state.Value = JqValue.Null;
        }

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
    public override void Enter(Machine m)
    {
    }
}
