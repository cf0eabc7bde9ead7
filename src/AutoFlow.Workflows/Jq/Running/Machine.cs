namespace AutoFlow.Workflows.Jq;

/// <summary>
/// Runs a compiled program on explicit stacks: continuations for what is to be done with a value, forks for where to
/// resume when another value is wanted. Nothing a program or its data nests reaches the .NET stack.
/// </summary>
internal sealed class Machine
{
    /// <summary>Direct evaluations use little of a machine and keep nothing of it, so each thread has one for them.</summary>
    [ThreadStatic]
    private static Machine? spare;

    private JqLimits limits;
    private Fork[] forks = [];
    private long steps;
    private long outputs;
    private bool emitted;
    private bool finished;

    public Machine(Node program, Env env, JqValue input, JqLimits limits, DateTimeOffset? now)
        : this()
    {
        this.limits = limits;
        Now = now;
        Env = env;
        Value = input;
        Next = program;
        Continuation = new Emit();
    }

    private Machine()
    {
        limits = JqLimits.Default;
        Value = JqValue.Null;
        Env = Env.Empty;
        Continuation = null!;
    }

    /// <summary>The node to enter; when null the continuation receives <see cref="Value"/>.</summary>
    public Node? Next { get; set; }

    public JqValue Value { get; set; }

    /// <summary>The path that led to the value, while paths are tracked.</summary>
    public PathNode? Path { get; set; }

    public Env Env { get; set; }

    public Continuation Continuation { get; set; }

    public DateTimeOffset? Now { get; private set; }

    public JqLimits Limits => limits;

    public int ForkCount { get; private set; }

    /// <summary>What was raised: meaningful after a direct evaluation gave null.</summary>
    public JqValue Error { get; private set; } = JqValue.Null;

    /// <summary>The one value of a direct program, by the same rules as running it.</summary>
    public static JqValue EvaluateDirect(Node program, Env env, JqValue input, JqLimits limits, DateTimeOffset? now)
    {
        var m = spare ?? new Machine();
        spare = null;
        (m.limits, m.Now, m.steps, m.outputs) = (limits, now, 0, 0);
        try
        {
            return m.CheckOutput(program.Direct(m, env, input) ?? throw new JqException(m.Error));
        }
        finally
        {
            m.Error = JqValue.Null;
            spare = m;
        }
    }

    public bool MoveNext(out JqValue output)
    {
        output = JqValue.Null;
        if (emitted)
        {
            emitted = false;
            Backtrack();
        }

        while (!finished)
        {
            Charge(1);
            if (Next is { } node)
            {
                Next = null;
                node.Enter(this);
            }
            else
                Continuation.Resume(this);
            if (!emitted)
                continue;
            output = CheckOutput(Value);
            return true;
        }

        return false;
    }

    public void Push(Continuation continuation)
    {
        continuation.Then = Continuation;
        continuation.Env = Env;
        continuation.Depth = Continuation.Depth + 1;
        if (continuation.Depth > limits.Depth)
            throw new JqLimitException(nameof(JqLimits.Depth), $"The expression nests more than {limits.Depth} calls while running");
        Continuation = continuation;
    }

    public void Push(Fork fork)
    {
        fork.Continuation = Continuation;
        fork.Env = Env;
        fork.Path = Path;
        if (ForkCount >= limits.Depth)
            throw new JqLimitException(nameof(JqLimits.Depth), $"The expression keeps more than {limits.Depth} alternatives open");
        Repush(fork);
    }

    /// <summary>Puts a fork back that keeps its captured state.</summary>
    public void Repush(Fork fork)
    {
        if (ForkCount == forks.Length)
            Array.Resize(ref forks, Math.Max(8, forks.Length * 2));
        forks[ForkCount++] = fork;
    }

    /// <summary>Whether the newest fork is this one.</summary>
    public bool IsTop(Fork fork) => ForkCount > 0 && ReferenceEquals(forks[ForkCount - 1], fork);

    /// <summary>Drops forks until only <paramref name="count"/> are left.</summary>
    public void Cut(int count)
    {
        while (ForkCount > count)
            forks[--ForkCount] = null!;
    }

    /// <summary>Resumes the newest fork that has anything left.</summary>
    public void Backtrack()
    {
        while (Pop() is { } fork)
        {
            Restore(fork);
            if (fork.Resume(this))
                return;
            Charge(1);
        }

        finished = true;
    }

    /// <summary>Raises <see cref="Error"/>: the nearest fork that catches takes over.</summary>
    public void Raise()
    {
        Next = null;
        while (Pop() is { } fork)
        {
            if (fork.PassErrorsDownTo is { } count)
            {
                Cut(count);
                continue;
            }

            if (!fork.Catches)
                continue;
            Restore(fork);
            if (!fork.Catch(this))
                Backtrack();
            return;
        }

        finished = true;
        throw new JqException(Error);
    }

    public void Raise(string message)
    {
        Fail(message);
        Raise();
    }

    /// <summary>Notes an error; the null is for the caller to hand on.</summary>
    public JqValue? Fail(string message) => Fail(new JqString(message));

    /// <inheritdoc cref="Fail(string)"/>
    public JqValue? Fail(JqValue error)
    {
        Error = error;
        return null;
    }

    /// <summary>Hands a result to the continuation; null raises the error noted.</summary>
    public void Return(JqValue? result)
    {
        if (result is null)
            Raise();
        else
            Value = result;
    }

    /// <summary>Pays for work that is not a step of its own.</summary>
    public void Charge(long cost)
    {
        steps += cost;
        if (steps > limits.Steps)
            throw new JqLimitException(nameof(JqLimits.Steps), $"The expression takes more than {limits.Steps} steps");
    }

    /// <summary>Pays for looking for one text in another: at worst, each place takes as long as what is looked for.</summary>
    public void ChargeSearch(string text, string part) => Charge(((long)Math.Max(0, text.Length - part.Length + 1) * part.Length >> 10) + (text.Length >> 6));

    /// <summary>Checks and pays for a value just made; one that shares most of its memory with another costs little.</summary>
    public JqValue Made(JqValue value)
    {
        CheckSize(value.Weight);
        Charge(value is JqArray { IsShared: true } or JqObject { IsShared: true } ? 1 : value.Weight >> 7);
        return value;
    }

    public void CheckSize(long weight)
    {
        if (weight > limits.ValueSize)
            throw new JqLimitException(nameof(JqLimits.ValueSize), $"A value grows beyond {limits.ValueSize} characters");
    }

    private JqValue CheckOutput(JqValue value)
    {
        if (++outputs > limits.Outputs)
            throw new JqLimitException(nameof(JqLimits.Outputs), $"The expression yields more than {limits.Outputs} values");
        if (value.Weight > limits.OutputSize)
            throw new JqLimitException(nameof(JqLimits.OutputSize), $"The result is larger than {limits.OutputSize} characters");
        if (value.Depth > limits.OutputDepth)
            throw new JqLimitException(nameof(JqLimits.OutputDepth), $"The result nests more than {limits.OutputDepth} levels");
        return value;
    }

    private Fork? Pop()
    {
        if (ForkCount == 0)
            return null;
        var fork = forks[--ForkCount];
        forks[ForkCount] = null!;
        return fork;
    }

    private void Restore(Fork fork)
    {
        Continuation = fork.Continuation;
        Env = fork.Env;
        Path = fork.Path;
        Next = null;
    }

    private sealed class Emit : Continuation
    {
        public override void Resume(Machine m) => m.emitted = true;
    }
}
