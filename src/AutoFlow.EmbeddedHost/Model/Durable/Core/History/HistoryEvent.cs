namespace DurableTask.Core.History;

/// <summary>One event of an orchestration's history.</summary>
/// <param name="eventId">The number of what was asked for; -1 for what came in.</param>
public abstract class HistoryEvent(int eventId)
{
    /// <summary>The number of what was asked for; -1 for what came in.</summary>
    public int EventId { get; } = eventId;

    /// <summary>When it was recorded, UTC.</summary>
    public DateTime Timestamp { get; set; }

    /// <summary>What it is.</summary>
    public virtual EventType EventType { get; }
}

/// <summary>The kinds of <see cref="HistoryEvent"/>.</summary>
public enum EventType
{
    /// <summary><see cref="ExecutionStartedEvent"/>.</summary>
    ExecutionStarted,

    /// <summary><see cref="ExecutionCompletedEvent"/>, also of a failure.</summary>
    ExecutionCompleted,

    /// <summary>Not used.</summary>
    ExecutionFailed,

    /// <summary><see cref="ExecutionTerminatedEvent"/>.</summary>
    ExecutionTerminated,

    /// <summary><see cref="TaskScheduledEvent"/>.</summary>
    TaskScheduled,

    /// <summary><see cref="TaskCompletedEvent"/>.</summary>
    TaskCompleted,

    /// <summary><see cref="TaskFailedEvent"/>.</summary>
    TaskFailed,

    /// <summary><see cref="SubOrchestrationInstanceCreatedEvent"/>.</summary>
    SubOrchestrationInstanceCreated,

    /// <summary><see cref="SubOrchestrationInstanceCompletedEvent"/>.</summary>
    SubOrchestrationInstanceCompleted,

    /// <summary><see cref="SubOrchestrationInstanceFailedEvent"/>.</summary>
    SubOrchestrationInstanceFailed,

    /// <summary><see cref="TimerCreatedEvent"/>.</summary>
    TimerCreated,

    /// <summary><see cref="TimerFiredEvent"/>.</summary>
    TimerFired,

    /// <summary><see cref="OrchestratorStartedEvent"/>.</summary>
    OrchestratorStarted,

    /// <summary><see cref="OrchestratorCompletedEvent"/>.</summary>
    OrchestratorCompleted,

    /// <summary><see cref="EventSentEvent"/>.</summary>
    EventSent,

    /// <summary><see cref="EventRaisedEvent"/>.</summary>
    EventRaised,

    /// <summary><see cref="ContinueAsNewEvent"/>.</summary>
    ContinueAsNew,

    /// <summary><see cref="GenericEvent"/>.</summary>
    GenericEvent,

    /// <summary>Not used.</summary>
    HistoryState,

    /// <summary><see cref="ExecutionSuspendedEvent"/>.</summary>
    ExecutionSuspended,

    /// <summary><see cref="ExecutionResumedEvent"/>.</summary>
    ExecutionResumed,

    /// <summary><see cref="ExecutionRewoundEvent"/>.</summary>
    ExecutionRewound,
}
