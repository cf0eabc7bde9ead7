using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>How a run ended: with an output or with an error, never with both.</summary>
public sealed record WorkflowResult
{
    private WorkflowResult()
    {
    }

    /// <summary>The output; null when the run faulted. (A run may also complete with JSON's null, which is no null here.)</summary>
    public JqValue? Output { get; private init; }

    /// <summary>The error; null when the run completed.</summary>
    public WorkflowError? Error { get; private init; }

    /// <summary>The CloudEvent ids of every event that a listen consumed, in order.</summary>
    public required IReadOnlyList<string> ConsumedEvents { get; init; }

    /// <summary>Whether the run ended with an error.</summary>
    public bool IsFaulted => Error is not null;

    internal static WorkflowResult Completed(JqValue output, IReadOnlyList<string> consumed) =>
        new() { Output = output, ConsumedEvents = consumed };

    internal static WorkflowResult Faulted(WorkflowError error, IReadOnlyList<string> consumed) =>
        new() { Error = error, ConsumedEvents = consumed };
}
