namespace AutoFlow.Workflows.Jq;

/// <summary><c>[body]</c>.</summary>
internal sealed class CollectNode : Node
{
    private readonly Node body;
    private readonly Node[]? items;

    public CollectNode(Node body)
    {
        this.body = body;
        Measure(false, body);
        MeasureDirect(body.IsStream);
        if (body.IsDirect)
            items = [body];
        else if (body is CommaNode comma && comma.Items.ToArray() is var parts && parts.All(p => p.IsDirect))
            items = parts;
    }

    public override void Enter(Machine m)
    {
        if (IsDirect)
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
        if (items is null)
        {
            var values = new Values();
            return body.Stream(m, env, input, null, values) ? values.ToArray(m) : null;
        }

        var made = new JqValue[items.Length];
        for (var i = 0; i < made.Length; i++)
        {
            m.Charge(1);
            if (items[i].Direct(m, env, input) is not { } value)
                return null;
            made[i] = value;
        }

        return m.Made(JqArray.Of(made));
    }

    /// <summary>The values so far; they are many before they are one value, so their size is watched as they come.</summary>
    private sealed class Values : Sink
    {
        private readonly List<JqValue> values = [];
        private long weight;

        public override bool Accept(Machine m, JqValue value, PathNode? path)
        {
            weight += value.Weight + 1;
            m.CheckSize(weight);
            m.Charge(1);
            values.Add(value);
            return true;
        }

        public JqValue ToArray(Machine m) => m.Made(JqArray.Of([.. values]));
    }

    private sealed class Collected : Fork
    {
        public Values Values { get; } = new();

        public override bool Resume(Machine m)
        {
            m.Value = Values.ToArray(m);
            return true;
        }
    }

    private sealed class Add(Collected collected) : Continuation
    {
        public override void Resume(Machine m)
        {
            collected.Values.Accept(m, m.Value, null);
            m.Backtrack();
        }
    }
}
