namespace DurableTask.Core.History;

/// <summary>A turn begins.</summary>
public class OrchestratorStartedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorStarted;
}

/// <summary>A turn ends.</summary>
public class OrchestratorCompletedEvent(int eventId) : HistoryEvent(eventId)
{
    /// <inheritdoc/>
    public override EventType EventType => EventType.OrchestratorCompleted;
}

/// <summary>Something that replays pass over.</summary>
/// <param name="eventId">Its number.</param>
/// <param name="data">What it says.</param>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "Microsoft's has fields too.")]
public class GenericEvent(int eventId, string? data) : HistoryEvent(eventId)
{
    /// <summary>What it says.</summary>
    public string? Data = data;

    /// <inheritdoc/>
    public override EventType EventType => EventType.GenericEvent;
}
