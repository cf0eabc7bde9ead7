namespace AutoFlow.Workflows.Jq;

/// <summary>Evaluates a condition outside the path, then goes on with the input as it was.</summary>
internal abstract class ConditionNode : Node
{
    protected abstract Node Condition { get; }

    public override void Enter(Machine m)
    {
        if (m.Path is null && IsDirect)
            m.Return(Direct(m, m.Env, m.Value));
        else if (Condition.IsDirect)
        {
            if (Condition.Direct(m, m.Env, m.Value) is { } value)
                Decide(m, value);
            else
                m.Raise();
        }
        else
        {
            m.Push(new Decided(this, m.Value, m.Path));
            m.Path = null;
            m.Next = Condition;
        }
    }

    /// <summary>Goes on; the machine holds the input again.</summary>
    protected abstract void Decide(Machine m, JqValue condition);

    private sealed class Decided(ConditionNode node, JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var condition = m.Value;
            m.Value = input;
            m.Path = path;
            node.Decide(m, condition);
        }
    }
}

internal sealed class IfNode : ConditionNode
{
    private readonly Node then;
    private readonly Node otherwise;

    public IfNode(Node condition, Node then, Node otherwise)
    {
        Condition = condition;
        this.then = then;
        this.otherwise = otherwise;
        Measure(true, condition, then, otherwise);
        MeasureStream(
            condition.IsDirect && then.IsStream && otherwise.IsStream,
            condition.IsDirect && then.IsPathStream && otherwise.IsPathStream);
    }

    protected override Node Condition { get; }

    public override JqValue? Direct(Machine m, Env env, JqValue input) =>
        Condition.Direct(m, env, input) is { } value ? (value.IsTruthy ? then : otherwise).Direct(m, env, input) : null;

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) =>
        Condition.Direct(m, env, input) is { } value && (value.IsTruthy ? then : otherwise).Stream(m, env, input, path, sink);

    protected override void Decide(Machine m, JqValue condition) => m.Next = condition.IsTruthy ? then : otherwise;
}

/// <summary><c>and</c> and <c>or</c>: the right side is evaluated only when the left does not decide.</summary>
internal sealed class LogicNode : ConditionNode
{
    private readonly Node right;
    private readonly bool decisive;

    public LogicNode(Node left, Node right, bool isOr)
    {
        Condition = left;
        decisive = isOr;
        this.right = right;
        Measure(true, left, right);
    }

    protected override Node Condition { get; }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        if (Condition.Direct(m, env, input) is not { } left)
            return null;
        if (left.IsTruthy == decisive)
            return JqValue.From(decisive);
        return right.Direct(m, env, input) is { } value ? JqValue.From(value.IsTruthy) : null;
    }

    protected override void Decide(Machine m, JqValue condition)
    {
        if (condition.IsTruthy == decisive)
        {
            m.Value = JqValue.From(decisive);
            return;
        }

        m.Push(new Right(m.Path));
        m.Path = null;
        m.Next = right;
    }

    private sealed class Right(PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Path = path;
            m.Value = JqValue.From(m.Value.IsTruthy);
        }
    }
}

/// <summary><c>try body catch handler</c>; without a handler an error is the end of the values.</summary>
internal sealed class TryNode : Node
{
    private readonly Node body;
    private readonly Node? handler;

    public TryNode(Node body, Node? handler)
    {
        this.body = body;
        this.handler = handler;
        Measure(handler is not null, body, handler);
        MeasureStream(body.IsStream && handler is not { IsStream: false }, body.IsPathStream && handler is not { IsPathStream: false });
    }

    public override void Enter(Machine m)
    {
        if (m.Path is null && body.IsDirect)
        {
            if (body.Direct(m, m.Env, m.Value) is { } value)
                m.Value = value;
            else if (!Handle(m))
                m.Backtrack();
            return;
        }

        var marker = new Marker(this);
        m.Push(new Exit(marker, m.ForkCount));
        m.Push(marker);
        // The marker resumes what follows the try, not the way out of it.
        marker.Continuation = m.Continuation.Then;
        m.Next = body;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) =>
        body.Direct(m, env, input) ?? handler!.Direct(m, env, m.Error);

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (path is null && body.IsDirect)
        {
            if (body.Direct(m, env, input) is { } value)
                return sink.Accept(m, value, null);
            return handler is null || handler.Stream(m, env, m.Error, null, sink);
        }

        var values = new KeepingSink();
        var error = body.Stream(m, env, input, path, values) ? null : m.Error;
        return values.HandOn(m, sink) && (error is null || handler is null || handler.Stream(m, env, error, path, sink));
    }

    private bool Handle(Machine m)
    {
        m.Value = m.Error;
        m.Next = handler;
        return handler is not null;
    }

    private sealed class Marker(TryNode node) : Fork
    {
        public override bool Catches => true;

        public override bool Resume(Machine m) => false;

        public override bool Catch(Machine m) => node.Handle(m);
    }

    private sealed class Exit(Marker marker, int markerIndex) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            if (m.IsTop(marker))
                m.Cut(markerIndex);
            else
                m.Push(new ExitFork(markerIndex));
        }
    }
}

/// <summary><c>a // b</c>: the true values of a, errors ending them; b when there were none.</summary>
internal sealed class AlternativeNode : Node
{
    private readonly Node left;
    private readonly Node right;

    public AlternativeNode(Node left, Node right)
    {
        this.left = left;
        this.right = right;
        Measure(true, left, right);
        MeasureStream(left.IsStream && right.IsStream, left.IsPathStream && right.IsPathStream);
    }

    public override void Enter(Machine m)
    {
        if (m.Path is null && left.IsDirect)
        {
            if (left.Direct(m, m.Env, m.Value) is { IsTruthy: true } value)
                m.Value = value;
            else
                m.Next = right;
            return;
        }

        var marker = new Marker(right, m.Value);
        m.Push(new Found(marker, m.ForkCount));
        m.Push(marker);
        marker.Continuation = m.Continuation.Then;
        m.Next = left;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) =>
        left.Direct(m, env, input) is { IsTruthy: true } value ? value : right.Direct(m, env, input);

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        var found = new TruthySink();
        left.Stream(m, env, input, path, found);
        return found.Any ? found.Values.HandOn(m, sink) : right.Stream(m, env, input, path, sink);
    }

    private sealed class TruthySink : Sink
    {
        public KeepingSink Values { get; } = new();

        public bool Any { get; private set; }

        public override bool Accept(Machine m, JqValue value, PathNode? path)
        {
            Any |= value.IsTruthy;
            return !value.IsTruthy || Values.Accept(m, value, path);
        }
    }

    private sealed class Marker(Node right, JqValue input) : Fork
    {
        public bool Found { get; set; }

        public override bool Catches => true;

        public override bool Resume(Machine m)
        {
            m.Value = input;
            m.Next = Found ? null : right;
            return !Found;
        }

        public override bool Catch(Machine m) => Resume(m);
    }

    private sealed class Found(Marker marker, int markerIndex) : Continuation
    {
        public override void Resume(Machine m)
        {
            if (!m.Value.IsTruthy)
            {
                m.Backtrack();
                return;
            }

            Leave(m);
            marker.Found = true;
            if (m.IsTop(marker))
                m.Cut(markerIndex);
            else
                m.Push(new ExitFork(markerIndex));
        }
    }
}
