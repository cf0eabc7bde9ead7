using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>How a scenario went.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Failures">What was not as expected, with its place in the scenario file; empty when it passed.</param>
/// <param name="Story">What the run did, a line each, to be read beside a failure.</param>
/// <param name="Took">How long the run took in virtual time.</param>
public sealed record ScenarioResult(
    Scenario Scenario, IReadOnlyList<Diagnostic> Failures, IReadOnlyList<string> Story, TimeSpan Took)
{
    /// <summary>Whether everything was as expected.</summary>
    public bool Passed => Failures.Count == 0;
}

/// <summary>Runs scenarios in virtual time. Pure: nothing outside is called, and the same scenario gives the same result.</summary>
public static class ScenarioRunner
{
    /// <summary>Runs a scenario and compares what happens with what must happen.</summary>
    /// <param name="observer">Is shown every moment of the run; null for nobody.</param>
    public static ScenarioResult Run(WorkflowDefinition definition, Scenario scenario, Action<RunObservation>? observer = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(scenario);
        var run = Trial.Run(definition, scenario, InterpreterOptions.Default with { Observer = observer });
        var failures = ScenarioCheck.Compare(scenario, run)
            .Select(failure => new Diagnostic(
                DiagnosticSeverity.Error, scenario.Source.FileName, failure.Position, failure.Message, null, scenario.Source.Line(failure.Position.Line)))
            .ToList();
        return new ScenarioResult(scenario, failures, TrialStory.Of(run, scenario.Then.Silent), run.Took);
    }
}
