namespace AutoFlow.Workflows.Jq;

/// <summary>A compiled expression.</summary>
internal abstract class Node
{
    /// <summary>Direct nodes recurse on the .NET stack, so only low ones are.</summary>
    private const int MaxDirectHeight = 48;

    private bool direct;

    /// <summary>Levels of nodes, this one included.</summary>
    public int Height { get; private set; } = 1;

    /// <summary>Gives exactly one value or error without the machine: the fast way for simple expressions.</summary>
    public bool IsDirect => direct && Height <= MaxDirectHeight;

    /// <summary>Starts evaluating for <see cref="Machine.Value"/>.</summary>
    public abstract void Enter(Machine m);

    /// <summary>The one value, or null with <see cref="Machine.Error"/> set. Only when <see cref="IsDirect"/>.</summary>
    public virtual JqValue? Direct(Machine m, Env env, JqValue input) => throw new NotSupportedException(GetType().Name);

    protected void Measure(bool canBeDirect, params ReadOnlySpan<Node?> children)
    {
        direct = canBeDirect;
        foreach (var child in children)
        {
            if (child is null)
                continue;
            Height = Math.Max(Height, child.Height + 1);
            direct &= child.IsDirect;
        }
    }
}
