namespace AutoFlow.Workflows.Jq;

/// <summary><c>path(body)</c>.</summary>
internal sealed class PathOfNode : Node
{
    private readonly Node body;

    public PathOfNode(Node body)
    {
        this.body = body;
        Measure(false, body);
        MeasureStream(body.IsPathStream, body.IsPathStream);
    }

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) =>
        body.Stream(m, env, input, new PathNode(input), new ReachedSink(path, sink));

    private static JqValue? Keys(Machine m, JqValue reached, PathNode path) => path.LeadsTo(reached)
        ? path.ToArray()
        : m.Fail($"Invalid path expression with result {ErrorText.Show(reached)}");

    private sealed class ReachedSink(PathNode? outer, Sink sink) : Sink
    {
        public override bool Accept(Machine m, JqValue value, PathNode? path) =>
            Keys(m, value, path!) is { } keys && sink.Accept(m, keys, outer);
    }

    public override void Enter(Machine m)
    {
        m.Push(new Reached(m.Path));
        m.Path = new PathNode(m.Value);
        m.Next = body;
    }

    private sealed class Reached(PathNode? outer) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var path = m.Path!;
            m.Path = outer;
            m.Return(Keys(m, m.Value, path));
        }
    }
}

/// <summary><c>getpath(path)</c>, which also leads on when paths are tracked.</summary>
internal sealed class GetPathNode : Node
{
    private readonly Node argument;

    public GetPathNode(Node argument)
    {
        this.argument = argument;
        Measure(true, argument);
        MeasureStream(argument.IsDirect, argument.IsDirect);
    }

    public override void Enter(Machine m)
    {
        if (argument.IsDirect)
        {
            if (argument.Direct(m, m.Env, m.Value) is { } path)
                Follow(m, path);
            else
                m.Raise();
            return;
        }

        m.Push(new WithPath(m.Value, m.Path));
        m.Path = null;
        m.Next = argument;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) =>
        argument.Direct(m, env, input) is { } path ? Paths.Get(m, input, path) : null;

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink)
    {
        if (argument.Direct(m, env, input) is not { } keys || Paths.Get(m, input, keys) is not { } value)
            return false;
        if (path is null)
            return sink.Accept(m, value, null);
        return Extend(m, path, input, keys, value) is { } extended && sink.Accept(m, value, extended);
    }

    private static PathNode? Extend(Machine m, PathNode path, JqValue from, JqValue keys, JqValue value)
    {
        if (!path.LeadsTo(from))
        {
            m.Fail($"Invalid path expression with result {ErrorText.Show(from)}");
            return null;
        }

        foreach (var key in keys.Items)
            path = path.Append(key, value);
        return path;
    }

    private static void Follow(Machine m, JqValue keys)
    {
        if (Paths.Get(m, m.Value, keys) is not { } value)
        {
            m.Raise();
            return;
        }

        if (m.Path is { } path)
        {
            if (Extend(m, path, m.Value, keys, value) is not { } extended)
            {
                m.Raise();
                return;
            }

            m.Path = extended;
        }

        m.Value = value;
    }

    private sealed class WithPath(JqValue input, PathNode? path) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            var keys = m.Value;
            m.Value = input;
            m.Path = path;
            Follow(m, keys);
        }
    }
}
