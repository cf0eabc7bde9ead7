using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>What a schedule goes by in its next round; recorded in its history, so that a replay means the same.</summary>
/// <param name="DefinitionHash">The newest version's.</param>
/// <param name="Lifecycle">What its runs publish.</param>
public sealed record PinnedSchedule(string DefinitionHash, LifecycleScope Lifecycle);

/// <summary>Finds the newest version of a definition that has a schedule.</summary>
public sealed class PinSchedule(WorkflowLibrary workflows)
{
    /// <summary>Null when the newest version has no schedule, or there is no such definition.</summary>
    [Function(nameof(PinSchedule))]
    public async Task<PinnedSchedule?> Run([ActivityTrigger] DefinitionReference reference, CancellationToken ct)
    {
        var newest = await workflows.FindAsync(new WorkflowIdentity(reference.Namespace, reference.Name, reference.Version), ct);
        return newest?.Schedule is null ? null : new PinnedSchedule(newest.Hash, workflows.Lifecycle);
    }
}
