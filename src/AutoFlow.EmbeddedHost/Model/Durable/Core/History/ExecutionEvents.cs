namespace DurableTask.Core.History;

/// <summary>The first event of a run.</summary>
/// <param name="eventId">-1.</param>
/// <param name="input">Its input as JSON; null for none.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "Microsoft's has fields too.")]
public class ExecutionStartedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>Which instance.</summary>
    public OrchestrationInstance? OrchestrationInstance;

    /// <summary>Who called it; null for a client.</summary>
    public ParentInstance? ParentInstance { get; set; }

    /// <summary>The orchestrator.</summary>
    public string? Name { get; set; }

    /// <summary>The orchestrator's version; null for none.</summary>
    public string? Version { get; set; }

    /// <summary>Its input as JSON; null for none.</summary>
    public string? Input { get; set; } = input;

    /// <summary>How often it had started over; null where not counted.</summary>
    public int? Generation { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionStarted;
}

/// <summary>The orchestrator returned or failed.</summary>
/// <param name="eventId">Its number.</param>
/// <param name="result">The output as JSON; null for none.</param>
/// <param name="orchestrationStatus">How it ended.</param>
/// <param name="failureDetails">How it failed; null where it did not, or where the host keeps a text only.</param>
public class ExecutionCompletedEvent(int eventId, string? result, OrchestrationStatus orchestrationStatus, FailureDetails? failureDetails)
    : HistoryEvent(eventId)
{
    /// <summary>How it ended.</summary>
    public OrchestrationStatus OrchestrationStatus { get; } = orchestrationStatus;

    /// <summary>The output as JSON; null for none.</summary>
    public string? Result { get; } = result;

    /// <summary>How it failed; null where it did not, or where the host keeps a text only.</summary>
    public FailureDetails? FailureDetails { get; } = failureDetails;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionCompleted;
}

/// <summary>The orchestrator starts over.</summary>
/// <param name="eventId">Its number.</param>
/// <param name="input">The next input as JSON; null for none.</param>
public class ContinueAsNewEvent(int eventId, string? input)
    : ExecutionCompletedEvent(eventId, input, OrchestrationStatus.ContinuedAsNew, failureDetails: null)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.ContinueAsNew;
}

/// <summary>A client ended it.</summary>
/// <param name="eventId">-1.</param>
/// <param name="input">Why, as the output that it has now; null for none.</param>
public class ExecutionTerminatedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>Why, as the output that it has now; null for none.</summary>
    public string? Input { get; set; } = input;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionTerminated;
}

/// <summary>A client stopped it until it is resumed.</summary>
/// <param name="eventId">-1.</param>
/// <param name="reason">Why; null where nobody said.</param>
public class ExecutionSuspendedEvent(int eventId, string? reason) : HistoryEvent(eventId)
{
    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; set; } = reason;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionSuspended;
}

/// <summary>A client let it go on.</summary>
/// <param name="eventId">-1.</param>
/// <param name="reason">Why; null where nobody said.</param>
public class ExecutionResumedEvent(int eventId, string? reason) : HistoryEvent(eventId)
{
    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; set; } = reason;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionResumed;
}

/// <summary>A client took it back to before its failure.</summary>
/// <param name="eventId">-1.</param>
/// <param name="reason">Why; null where nobody said.</param>
public class ExecutionRewoundEvent(int eventId, string? reason) : HistoryEvent(eventId)
{
    /// <summary>Why; null where nobody said.</summary>
    public string? Reason { get; set; } = reason;

    /// <inheritdoc/>
    public override EventType EventType => EventType.ExecutionRewound;
}
