namespace AutoFlow.Workflows.Jq;

/// <summary>Where an argument comes from: code written at the call, or a parameter handed through.</summary>
internal readonly record struct ArgumentSource(ClosureCode? Code, int Levels, int Parameter)
{
    public Closure Bind(Env env) => Code is null ? env.Up(Levels).Closures[Parameter] : new Closure(Code, env);
}

/// <summary>Calls a function written in jq. Nothing is left behind, so every call in last place runs in constant space.</summary>
internal sealed class CallNode : Node
{
    private readonly Function function;
    private readonly int levels;
    private readonly ArgumentSource[] arguments;

    /// <param name="function">What to call.</param>
    /// <param name="levels">How many environments up the function was defined; negative for a builtin.</param>
    /// <param name="arguments">The closures.</param>
    public CallNode(Function function, int levels, ArgumentSource[] arguments)
    {
        this.function = function;
        this.levels = levels;
        this.arguments = arguments;
        // The body of a function that calls itself is not there yet: only functions already finished are direct.
        var body = arguments.Length == 0 ? function.Body : null;
        Measure(body is not null, body);
        MeasureStream(body is { IsStream: true }, body is { IsPathStream: true });
    }

    public override JqValue? Direct(Machine m, Env env, JqValue input) => function.Body!.Direct(m, Activation(env, []), input);

    public override bool Stream(Machine m, Env env, JqValue input, PathNode? path, Sink sink) =>
        function.Body!.Stream(m, Activation(env, []), input, path, sink);

    public override void Enter(Machine m)
    {
        var closures = arguments.Length == 0 ? [] : new Closure[arguments.Length];
        for (var i = 0; i < closures.Length; i++)
            closures[i] = arguments[i].Bind(m.Env);
        m.Env = Activation(m.Env, closures);
        m.Next = function.Body;
    }

    private Env Activation(Env env, Closure[] closures) => new(levels < 0 ? null : env.Up(levels), function.Frame.Slots, closures);
}

/// <summary>Evaluates a closure parameter in the environment it was written in.</summary>
internal sealed class ParameterNode : Node
{
    private readonly int levels;
    private readonly int parameter;

    public ParameterNode(int levels, int parameter)
    {
        this.levels = levels;
        this.parameter = parameter;
        Measure(false);
    }

    public override void Enter(Machine m)
    {
        var (code, env) = m.Env.Up(levels).Closures[parameter];
        m.Env = code.Frame is null ? env : new Env(env, code.Frame.Slots, []);
        m.Next = code.Body;
    }
}
