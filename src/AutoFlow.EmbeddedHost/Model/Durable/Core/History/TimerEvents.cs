namespace DurableTask.Core.History;

/// <summary>A timer was set.</summary>
/// <param name="eventId">Its number.</param>
/// <param name="fireAt">When it is due, UTC.</param>
public class TimerCreatedEvent(int eventId, DateTime fireAt) : HistoryEvent(eventId)
{
    /// <summary>When it is due, UTC.</summary>
    public DateTime FireAt { get; set; } = fireAt;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerCreated;
}

/// <summary>A timer fired.</summary>
/// <param name="eventId">-1.</param>
/// <param name="fireAt">When it was due, UTC.</param>
public class TimerFiredEvent(int eventId, DateTime fireAt) : HistoryEvent(eventId)
{
    /// <summary>Its number.</summary>
    public int TimerId { get; set; }

    /// <summary>When it was due, UTC.</summary>
    public DateTime FireAt { get; set; } = fireAt;

    /// <inheritdoc/>
    public override EventType EventType => EventType.TimerFired;
}
