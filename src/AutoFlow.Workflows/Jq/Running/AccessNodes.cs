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
        MeasureStream(key.IsDirect && term.IsStream, key.IsDirect && term.IsPathStream);
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

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (path is null && IsDirect)
            return Direct(m, env, input) is { } value && sink.Accept(m, value, null);
        if (key.Direct(m, env, input) is not { } at)
            return false;
        return term is IdentityNode ? HandOver(m, at, input, path, sink) : term.Stream(m, env, input, path, new TermSink(at, sink));
    }

    private static bool HandOver(Machine m, JqValue at, JqValue target, PathNode? path, Sink sink)
    {
        m.Charge(1);
        return Access.Follow(m, target, at, path) is { } value && sink.Accept(m, value, path?.Append(at, value));
    }

    private sealed class TermSink(JqValue at, Sink sink) : Sink
    {
        public override bool Accept(Machine m, JqValue value, PathNode? path) => HandOver(m, at, value, path, sink);
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
        MeasureStream(term.IsStream, term.IsPathStream);
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

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) => term is IdentityNode
        ? HandOver(m, input, path, sink)
        : term.Stream(m, env, input, path, new TermSink(sink));

    private static bool HandOver(Machine m, JqValue container, PathNode? path, Sink sink)
    {
        if (!CanIterate(m, container, path))
            return false;
        var o = container as JqObject;
        var values = o is null ? ((JqArray)container).Span : o.Values;
        for (var i = 0; i < values.Length; i++)
        {
            m.Charge(1);
            var inner = path?.Append(o is null ? JqValue.From(i) : new JqString(o.Keys[i]), values[i]);
            if (!sink.Accept(m, values[i], inner))
                return false;
        }

        return true;
    }

    private static bool CanIterate(Machine m, JqValue container, PathNode? path)
    {
        if (path is not null && !path.LeadsTo(container))
            m.Fail($"Invalid path expression near attempt to iterate through {ErrorText.Show(container)}");
        else if (container is not (JqArray or JqObject))
            m.Fail($"Cannot iterate over {ErrorText.Describe(container)}");
        else
        {
            // What shares memory is laid out once before it is walked.
            m.Charge(container is JqArray { IsShared: true } or JqObject { IsShared: true } ? container.Count >> 6 : 0);
            return true;
        }

        return false;
    }

    private static void Start(Machine m)
    {
        var container = m.Value;
        if (!CanIterate(m, container, m.Path))
        {
            m.Raise();
            return;
        }

        if (container.Count > 0)
            m.Push(new Elements(container));
        m.Backtrack();
    }

    private sealed class TermSink(Sink sink) : Sink
    {
        public override bool Accept(Machine m, JqValue value, PathNode? path) => HandOver(m, value, path, sink);
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
