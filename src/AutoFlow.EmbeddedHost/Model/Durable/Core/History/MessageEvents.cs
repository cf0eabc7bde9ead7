namespace DurableTask.Core.History;

/// <summary>An event came.</summary>
/// <param name="eventId">-1.</param>
/// <param name="input">What came with it as JSON; null for nothing.</param>
public class EventRaisedEvent(int eventId, string? input) : HistoryEvent(eventId)
{
    /// <summary>The event's name.</summary>
    public string? Name { get; set; }

    /// <summary>What came with it as JSON; null for nothing.</summary>
    public string? Input { get; set; } = input;

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventRaised;
}

/// <summary>An event was sent to another instance.</summary>
/// <param name="eventId">Its number.</param>
public class EventSentEvent(int eventId) : HistoryEvent(eventId)
{
    /// <summary>To whom.</summary>
    public string? InstanceId { get; set; }

    /// <summary>The event's name.</summary>
    public string? Name { get; set; }

    /// <summary>What went with it as JSON; null for nothing.</summary>
    public string? Input { get; set; }

    /// <inheritdoc/>
    public override EventType EventType => EventType.EventSent;
}
