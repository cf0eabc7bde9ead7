namespace AutoFlow.Workflows.Jq;

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
        MeasureDirect(target.IsPathStream && update.IsDirect);
    }

    public override void Enter(Machine m)
    {
        if (IsDirect)
        {
            m.Return(Direct(m, m.Env, m.Value));
            return;
        }

        var state = new Modified(m.Value);
        m.Push(state);
        m.Push(new Place(update, state));
        m.Path = new PathNode(m.Value);
        m.Next = target;
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input)
    {
        var places = new PlaceSink(update, env, input);
        return target.Stream(m, env, input, new PathNode(input), places) ? places.Value : null;
    }

    /// <summary>The path's keys and the value there now; null when the path leads nowhere.</summary>
    private static (JqValue Path, JqValue Value)? Find(Machine m, JqValue whole, JqValue reached, PathNode path)
    {
        if (!path.LeadsTo(reached))
        {
            m.Fail($"Invalid path expression with result {ErrorText.Show(reached)}");
            return null;
        }

        var keys = path.ToArray();
        return Paths.Get(m, whole, keys) is { } value ? (keys, value) : null;
    }

    private sealed class PlaceSink(Node update, Env env, JqValue value) : Sink
    {
        public JqValue Value { get; private set; } = value;

        public override bool Accept(Machine m, JqValue reached, PathNode? path)
        {
            m.Charge(1);
            if (Find(m, Value, reached, path!) is not var (keys, old)
                || update.Direct(m, env, old) is not { } replacement
                || Paths.Set(m, Value, keys, replacement) is not { } next)
                return false;
            Value = next;
            return true;
        }
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
            var path = m.Path!;
            m.Path = null;
            if (Find(m, state.Value, m.Value, path) is not var (keys, value))
            {
                m.Raise();
                return;
            }

            var forks = m.ForkCount;
            m.Push(new Nothing(state, keys));
            m.Push(new Updated(state, keys, forks));
            m.Value = value;
            m.Next = update;
        }
    }

    private sealed class Updated(Modified state, JqValue path, int forks) : Continuation
    {
        public override void Resume(Machine m)
        {
            Leave(m);
            m.Cut(forks);
            if (Paths.Set(m, state.Value, path, m.Value) is not { } next)
            {
                m.Raise();
                return;
            }

            state.Value = next;
            m.Backtrack();
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
