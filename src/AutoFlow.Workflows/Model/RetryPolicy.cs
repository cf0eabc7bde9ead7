using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Model;

internal enum Backoff
{
    Constant,
    Linear,
    Exponential,
}

/// <summary>When and how often a failed try is tried again (OWS dsl-reference.md, "Retry").</summary>
internal sealed record RetryPolicy
{
    public RuntimeExpression? When { get; init; }

    public RuntimeExpression? ExceptWhen { get; init; }

    public WorkflowDuration? Delay { get; init; }

    public Backoff Backoff { get; init; }

    /// <summary>How many retries there may be after the first attempt; null for no limit of that kind.</summary>
    public long? AttemptCount { get; init; }

    /// <summary>How long one attempt may take; null for no limit.</summary>
    public WorkflowDuration? AttemptDuration { get; init; }

    /// <summary>How long after the first attempt's start a retry may begin; null for no limit.</summary>
    public WorkflowDuration? Duration { get; init; }

    public WorkflowDuration? JitterFrom { get; init; }

    public WorkflowDuration? JitterTo { get; init; }
}
