namespace AutoFlow.Workflows.Jq;

/// <summary>A place to come back to for another value. The machine restores what it captured before resuming it.</summary>
internal abstract class Fork
{
    public Continuation Continuation { get; set; } = null!;

    public Env Env { get; set; } = null!;

    public PathNode? Path { get; set; }

    /// <summary>Whether an error raised above this fork ends here.</summary>
    public virtual bool Catches => false;

    /// <summary>
    /// Not null on a fork that marks the way out of a <c>try</c>: an error raised after it is not that <c>try</c>'s, and
    /// drops every fork down to this count.
    /// </summary>
    public virtual int? PassErrorsDownTo => null;

    /// <summary>Sets the machine up for the next value; false when there is none.</summary>
    public abstract bool Resume(Machine m);

    /// <summary>Handles <see cref="Machine.Error"/>; false when there is no value to go on with.</summary>
    public virtual bool Catch(Machine m) => false;
}

/// <summary>Left behind where a value comes out of a <c>try</c> or <c>//</c> that may give more values.</summary>
internal sealed class ExitFork(int marker) : Fork
{
    public override int? PassErrorsDownTo => marker;

    public override bool Resume(Machine m) => false;
}
