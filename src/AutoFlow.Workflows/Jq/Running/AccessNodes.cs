namespace AutoFlow.Workflows.Jq;

/// <summary><c>term[key]</c>, which is also <c>.field</c> and, with an object as key, a slice.</summary>
internal sealed class IndexNode : Node
{
    private readonly Node term;
    private readonly Node key;
    private readonly string? field;

    public IndexNode(Node term, Node key)
    {
        this.term = term;
        this.key = key;
        field = (key as LiteralNode)?.Value.AsString();
        Measure(true, term, key);
    }

    public override void Enter(Machine m)
    {
        if (m.Path is null && IsDirect)
        {
            m.Return(Direct(m, m.Env, m.Value));
            return;
        }

        if (key.IsDirect)
        {
            if (key.Direct(m, m.Env, m.Value) is { } value)
                EnterTerm(m, value);
            else
                m.Raise();
            return;
        }

        m.Push(new WithKey(this, m.Value, m.Path));
        m.Path = null;
        m.Next = key;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        m.Charge(1);
        if (field is not null)
        {
            var target = term.Direct(m, env, input);
            return target is JqObject o ? o.Get(field) : target is null ? null : Access.Index(m, target, ((LiteralNode)key).Value);
        }

        return key.Direct(m, env, input) is { } at && term.Direct(m, env, input) is { } container
            ? Access.Index(m, container, at)
            : null;
    }

    private void EnterTerm(Machine m, JqValue at)
    {
        if (term is IdentityNode)
        {
            Access.Step(m, at);
            return;
        }

        m.Push(new WithTerm(at));
        m.Next = term;
    }

    private sealed class WithKey(IndexNode node, JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var at = m.Value;
            m.Value = input;
            m.Path = path;
            node.EnterTerm(m, at);
        }
    }

    private sealed class WithTerm(JqValue at) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            Access.Step(m, at);
        }
    }
}

/// <summary><c>term[]</c>.</summary>
internal sealed class IterateNode : Node
{
    private readonly Node term;

    public IterateNode(Node term)
    {
        this.term = term;
        Measure(false, term);
    }

    public override void Enter(Machine m)
    {
        if (term is IdentityNode)
        {
            Start(m);
            return;
        }

        m.Push(new WithTerm());
        m.Next = term;
    }

    private static void Start(Machine m)
    {
        var container = m.Value;
        if (m.Path is { } path && !path.LeadsTo(container))
            m.Raise($"Invalid path expression near attempt to iterate through {ErrorText.Show(container)}");
        else if (container is not (JqArray or JqObject))
            m.Raise($"Cannot iterate over {ErrorText.Describe(container)}");
        else if (container.Count == 0)
            m.Backtrack();
        else
        {
            var elements = new Elements(container);
            m.Push(elements);
            m.Backtrack();
        }
    }

    private sealed class WithTerm : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            Start(m);
        }
    }

    private sealed class Elements(JqValue container) : Fork
    {
        private int next;

        public override bool Resume(Machine m)
        {
            var at = next++;
            if (next < container.Count)
                m.Repush(this);
            m.Value = container is JqArray array ? array.Span[at] : ((JqObject)container).Values[at];
            if (Path is not null)
            {
                var key = container is JqObject o ? new JqString(o.Keys[at]) : JqValue.From(at);
                m.Path = Path.Append(key, m.Value);
            }

            return true;
        }
    }
}
