namespace DurableTask.Core.History;

/// <summary>A child orchestration was asked for.</summary>
/// <param name="eventId">The number of the call.</param>
public class SubOrchestrationInstanceCreatedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <summary>The orchestrator.</summary>
    public string? Name { get; set; }

    /// <summary>Its version; null for none.</summary>
    public string? Version { get; set; }

    /// <summary>The child's id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>Its input as JSON; null for none.</summary>
    public string? Input { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCreated;
}

/// <summary>A child returned.</summary>
/// <param name="eventId">-1.</param>
/// <param name="taskScheduledId">The number of the call.</param>
/// <param name="result">Its output as JSON; null for none.</param>
public class SubOrchestrationInstanceCompletedEvent(int eventId, int taskScheduledId, string? result) : HistoryEvent(eventId)
{
    /// <summary>The number of the call.</summary>
    public int TaskScheduledId { get; } = taskScheduledId;

    /// <summary>Its output as JSON; null for none.</summary>
    public string? Result { get; } = result;

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceCompleted;
}

/// <summary>A child failed.</summary>
/// <param name="eventId">-1.</param>
/// <param name="taskScheduledId">The number of the call.</param>
/// <param name="reason">The exception's message.</param>
/// <param name="details">More of it; null for no more.</param>
/// <param name="failureDetails">How it failed; null where the host keeps a text only.</param>
public class SubOrchestrationInstanceFailedEvent(int eventId, int taskScheduledId, string? reason, string? details, FailureDetails? failureDetails)
    : HistoryEvent(eventId)
{
    /// <summary>The number of the call.</summary>
    public int TaskScheduledId { get; } = taskScheduledId;

    /// <summary>The exception's message.</summary>
    public string? Reason { get; } = reason;

    /// <summary>More of it; null for no more.</summary>
    public string? Details { get; } = details;

    /// <summary>How it failed; null where the host keeps a text only.</summary>
    public FailureDetails? FailureDetails { get; } = failureDetails;

    /// <inheritdoc/>
    public override EventType EventType => EventType.SubOrchestrationInstanceFailed;
}
