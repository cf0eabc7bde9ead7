using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Outline;

/// <summary>Counts which branches of a definition its runs have taken. Not safe for several threads.</summary>
public sealed class BranchCoverage(DefinitionOutline outline)
{
    private readonly HashSet<(string Task, RunMoment Moment, string? Detail)> _taken = [];
    private readonly IReadOnlyList<OutlineBranch> _branches = OutlineBranches.Of(outline);

    /// <summary>How many branches the definition has.</summary>
    public int Total => _branches.Count;

    /// <summary>How many of them were taken.</summary>
    public int Covered => Total - Missing.Count;

    /// <summary>The branches that no run has taken, in the order of the file.</summary>
    public IReadOnlyList<OutlineBranch> Missing => [.. _branches.Where(b => !_taken.Contains((b.Task, b.Moment, b.Detail)))];

    /// <summary>The share of branches taken, 0 to 100, rounded down so that 100 means all.</summary>
    public int Percent => Total == 0 ? 100 : Covered * 100 / Total;

    /// <summary>Notes what a run shows; an <see cref="InterpreterOptions.Observer"/>.</summary>
    public void Note(RunObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        _taken.Add((observation.Task, observation.Moment, observation.Detail));
    }
}
