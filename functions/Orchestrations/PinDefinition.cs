using AutoFlow.Functions.Definitions;
using AutoFlow.Workflows.Model;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>A definition as another definition names it.</summary>
/// <param name="Version">A semantic version, or <c>latest</c>.</param>
public sealed record DefinitionReference(string Namespace, string Name, string Version);

/// <summary>Finds the content hash that a reference means now; recorded in the caller's history, so that a replay means the same.</summary>
public sealed class PinDefinition(WorkflowLibrary workflows)
{
    /// <summary>Null when there is no such definition.</summary>
    [Function(nameof(PinDefinition))]
    public async Task<string?> Run([ActivityTrigger] DefinitionReference reference, CancellationToken ct) =>
        (await workflows.FindAsync(new WorkflowIdentity(reference.Namespace, reference.Name, reference.Version), ct))?.Hash;
}
