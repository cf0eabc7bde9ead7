using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Testing.Scenarios;

namespace AutoFlow.Cli.Testing;

/// <summary>How the scenarios of one definition went.</summary>
/// <param name="Name">The definition's name.</param>
/// <param name="File">The definition's file.</param>
/// <param name="Runs">The scenarios that ran, in their order.</param>
/// <param name="Coverage">The branches that they took.</param>
internal sealed record DefinitionReport(string Name, string File, IReadOnlyList<TimedScenario> Runs, BranchCoverage Coverage)
{
    public int Failed => Runs.Count(static r => !r.Result.Passed);

    public int Passed => Runs.Count - Failed;
}

/// <summary>A scenario's result and how long running it took in real time.</summary>
/// <param name="File">The scenario file.</param>
internal sealed record TimedScenario(string File, ScenarioResult Result, TimeSpan RealTime);
