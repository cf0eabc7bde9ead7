namespace AutoFlow.Workflows.Jq;

/// <summary>Where a stream hands its values.</summary>
internal abstract class Sink
{
    /// <summary>Takes one value; false ends the stream with <see cref="Machine.Error"/>.</summary>
    public abstract bool Accept(Machine m, JqValue value, PathNode? path);
}

/// <summary>
/// Keeps the values. Where an error is caught, what comes before it is kept first and handed on after, so that errors of
/// what follows are not caught too.
/// </summary>
internal sealed class KeepingSink : Sink
{
    private readonly List<(JqValue Value, PathNode? Path)> kept = [];
    private long weight;

    public override bool Accept(Machine m, JqValue value, PathNode? path)
    {
        m.Charge(1);
        m.CheckSize(weight += value.Weight + 1);
        kept.Add((value, path));
        return true;
    }

    public bool HandOn(Machine m, Sink sink)
    {
        foreach (var (value, path) in kept)
        {
            if (!sink.Accept(m, value, path))
                return false;
        }

        return true;
    }
}
