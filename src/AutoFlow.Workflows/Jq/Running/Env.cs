namespace AutoFlow.Workflows.Jq;

/// <summary>The variables and closure arguments of one activation of a function.</summary>
internal sealed class Env(Env? parent, int slots, Closure[] closures)
{
    public static readonly Env Empty = new(null, 0, []);

    public Env? Parent { get; } = parent;

    public JqValue[] Slots { get; } = slots == 0 ? [] : new JqValue[slots];

    public Closure[] Closures { get; } = closures;

    public Env Up(int levels)
    {
        var env = this;
        for (; levels > 0; levels--)
            env = env.Parent!;
        return env;
    }
}

/// <summary>A function argument: an expression with the environment it was written in.</summary>
internal readonly record struct Closure(ClosureCode Code, Env Env);

/// <summary>A compiled argument; with its own frame each evaluation gets fresh variables.</summary>
internal sealed class ClosureCode
{
    public required Node Body { get; init; }

    public required Frame? Frame { get; init; }
}

/// <summary>What the compiler knows of an activation: how deep it is and how many variables it holds.</summary>
internal sealed class Frame(int level)
{
    public int Level { get; } = level;

    public int Slots { get; set; }
}

/// <summary>A function; the body is set after it is made, since it may call itself.</summary>
internal sealed class Function(string name, int arity, Frame frame)
{
    public string Name { get; } = name;

    public int Arity { get; } = arity;

    public Frame Frame { get; } = frame;

    public Node? Body { get; set; }
}
