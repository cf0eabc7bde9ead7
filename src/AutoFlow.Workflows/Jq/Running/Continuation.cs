namespace AutoFlow.Workflows.Jq;

/// <summary>What happens to the value being computed; linked to what happens after that.</summary>
internal abstract class Continuation
{
    public Continuation Then { get; set; } = null!;

    public Env Env { get; set; } = null!;

    public int Depth { get; set; }

    /// <summary>Takes <see cref="Machine.Value"/> and moves on.</summary>
    public abstract void Resume(Machine m);

    /// <summary>Makes the rest the machine's continuation and its own environment current.</summary>
    protected void Leave(Machine m)
    {
        m.Continuation = Then;
        m.Env = Env;
    }
}
