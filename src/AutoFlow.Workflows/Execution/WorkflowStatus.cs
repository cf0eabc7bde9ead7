namespace AutoFlow.Workflows.Execution;

/// <summary>Where a run stands.</summary>
/// <param name="Task">The current task's JSON pointer in the definition.</param>
/// <param name="Name">The current task's name.</param>
/// <param name="WaitingFor">What the task waits for; null when it does not wait.</param>
/// <param name="EventsConsumed">How many events the run has consumed.</param>
public sealed record WorkflowStatus(string Task, string Name, WaitingFor? WaitingFor, int EventsConsumed);

/// <summary>What a task waits for.</summary>
/// <param name="Kind"><see cref="Event"/> or <see cref="Timer"/>.</param>
/// <param name="EventTypes">The CloudEvent types waited for; empty for a timer.</param>
/// <param name="Until">When the wait ends at the latest, UTC; null when nothing limits it.</param>
public sealed record WaitingFor(string Kind, IReadOnlyList<string> EventTypes, DateTimeOffset? Until)
{
    /// <summary>The kind of a wait for events.</summary>
    public const string Event = "event";

    /// <summary>The kind of a wait for a time.</summary>
    public const string Timer = "timer";
}
