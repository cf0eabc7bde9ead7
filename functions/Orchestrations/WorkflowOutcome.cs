using System.Text.Json;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>How a workflow ended: an output or an error, as data, because exception types do not cross an orchestration alike on every host.</summary>
public sealed record WorkflowOutcome
{
    /// <summary>Null when it faulted, and for an output of JSON's null.</summary>
    public JsonElement? Output { get; init; }

    /// <summary>Null when it completed.</summary>
    public WorkflowError? Error { get; init; }
}
