namespace DurableTask.Core.History;

/// <summary>An activity was asked for.</summary>
/// <param name="eventId">The number of the call.</param>
/// <param name="name">The activity.</param>
/// <param name="version">Its version; null for none.</param>
/// <param name="input">Its input as JSON; null for none.</param>
public class TaskScheduledEvent(int eventId, string? name, string? version, string? input) : HistoryEvent(eventId)
{
    /// <summary>The activity.</summary>
    public string? Name { get; set; } = name;

    /// <summary>Its version; null for none.</summary>
    public string? Version { get; set; } = version;

    /// <summary>Its input as JSON; null for none.</summary>
    public string? Input { get; set; } = input;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskScheduled;
}

/// <summary>An activity returned.</summary>
/// <param name="eventId">-1.</param>
/// <param name="taskScheduledId">The number of the call.</param>
/// <param name="result">Its output as JSON; null for none.</param>
public class TaskCompletedEvent(int eventId, int taskScheduledId, string? result) : HistoryEvent(eventId)
{
    /// <summary>The number of the call.</summary>
    public int TaskScheduledId { get; } = taskScheduledId;

    /// <summary>Its output as JSON; null for none.</summary>
    public string? Result { get; } = result;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TaskCompleted;
}

/// <summary>An activity failed.</summary>
/// <param name="eventId">-1.</param>
/// <param name="taskScheduledId">The number of the call.</param>
/// <param name="reason">The exception's message.</param>
/// <param name="details">More of it; null for no more.</param>
/// <param name="failureDetails">How it failed; null where the host keeps a text only.</param>
public class TaskFailedEvent(int eventId, int taskScheduledId, string? reason, string? details, FailureDetails? failureDetails) : HistoryEvent(eventId)
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
    public override EventType EventType => EventType.TaskFailed;
}
