namespace AutoFlow.Workflows.Jq;

/// <summary><c>path(body)</c>.</summary>
internal sealed class PathOfNode : Node
{
    private readonly Node body;

    public PathOfNode(Node body)
    {
        this.body = body;
        Measure(false, body);
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
            if (path.LeadsTo(m.Value))
                m.Value = path.ToArray();
            else
                m.Raise($"Invalid path expression with result {ErrorText.Show(m.Value)}");
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

    private static void Follow(Machine m, JqValue path)
    {
        if (Paths.Get(m, m.Value, path) is not { } value)
        {
            m.Raise();
            return;
        }

        if (m.Path is { } before)
        {
            if (!before.LeadsTo(m.Value))
            {
                m.Raise($"Invalid path expression with result {ErrorText.Show(m.Value)}");
                return;
            }

            foreach (var key in path.Items)
                before = before.Append(key, value);
            m.Path = before;
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

/// <summary>
/// <c>target |= update</c>: the first value of update replaces each place; without a value the place is deleted
/// at the end (jq 1.7).
/// </summary>
internal sealed class ModifyNode : Node
{
    private readonly Node target;
    private readonly Node update;

    public ModifyNode(Node target, Node update)
    {
        this.target = target;
        this.update = update;
        Measure(false, target, update);
    }

    public override void Enter(Machine m)
    {
        var state = new Modified(m.Value);
        m.Push(state);
        m.Push(new Place(update, state));
        m.Path = new PathNode(m.Value);
        m.Next = target;
    }

    private sealed class Modified(JqValue value) : Fork
    {
        private readonly List<JqValue> deleted = [];

        public JqValue Value { get; set; } = value;

        public void Delete(JqValue path) => deleted.Add(path);

        public override bool Resume(Machine m)
        {
            if (deleted.Count == 0)
            {
                m.Value = Value;
                return true;
            }

            if (Paths.Delete(m, Value, JqArray.Of([.. deleted])) is { } value)
                m.Value = value;
            else
                m.Raise();
            return true;
        }
    }

    private sealed class Place(Node update, Modified state) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            if (!m.Path!.LeadsTo(m.Value))
            {
                m.Raise($"Invalid path expression with result {ErrorText.Show(m.Value)}");
                return;
            }

            var path = m.Path.ToArray();
            m.Path = null;
            if (Paths.Get(m, state.Value, path) is not { } value)
            {
                m.Raise();
                return;
            }

            if (update.IsDirect)
            {
                if (update.Direct(m, m.Env, value) is { } next)
                    Store(m, state, path, next);
                else
                    m.Raise();
                return;
            }

            var forks = m.ForkCount;
            m.Push(new Nothing(state, path));
            m.Push(new Updated(state, path, forks));
            m.Value = value;
            m.Next = update;
        }
    }

    private static void Store(Machine m, Modified state, JqValue path, JqValue value)
    {
        if (Paths.Set(m, state.Value, path, value) is not { } next)
        {
            m.Raise();
            return;
        }

        state.Value = next;
        m.Backtrack();
    }

    private sealed class Updated(Modified state, JqValue path, int forks) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Cut(forks);
            Store(m, state, path, m.Value);
        }
    }

    private sealed class Nothing(Modified state, JqValue path) : Fork
    {
        public override bool Resume(Machine m)
        {
            state.Delete(path);
            return false;
        }
    }
}
