using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>A turn as Azure would record it: failures as texts, and the end of a caller whose child's id cannot be used.</summary>
internal static class StrictTurn
{
    public static TurnOutcome Of(TurnOutcome outcome) => FailureText.Crossed(Allowed(outcome));

    /// <summary>Nothing else would tell of the child.</summary>
    private static TurnOutcome Allowed(TurnOutcome outcome)
    {
        try
        {
            foreach (var child in outcome.Turn.Decided.OfType<ChildScheduled>())
                InstanceIdRule.Demand(child.InstanceId);
            return outcome;
        }
        catch (ArgumentException refused)
        {
            var failed = new ExecutionFailed(BoundedFailure.Of(refused));
            return outcome with { Turn = outcome.Turn with { Decided = [failed] }, Status = OrchestrationRuntimeStatus.Failed };
        }
    }
}
