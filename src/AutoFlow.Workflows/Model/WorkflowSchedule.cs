using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Model;

/// <summary>What makes a scheduled workflow start.</summary>
public enum ScheduleKind
{
    /// <summary>An interval, whether or not the run before has ended.</summary>
    Every,

    /// <summary>The times of a cron expression.</summary>
    Cron,

    /// <summary>A delay after the run before has ended.</summary>
    After,

    /// <summary>Events.</summary>
    On,
}

/// <summary>When a workflow starts by itself (OWS dsl-reference.md, "Schedule").</summary>
public sealed class WorkflowSchedule
{
    /// <summary>What makes it start.</summary>
    public required ScheduleKind Kind { get; init; }

    /// <summary>The interval of <see cref="ScheduleKind.Every"/> or the delay of <see cref="ScheduleKind.After"/>, at least a second; else null.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>The times of <see cref="ScheduleKind.Cron"/>; else null.</summary>
    public CronSchedule? Cron { get; init; }

    /// <summary>
    /// The CloudEvent types that <see cref="ScheduleKind.On"/> waits for, sorted, with <see cref="Execution.EventTypes.Any"/> among them
    /// if it waits for others, too; else empty. The events themselves are consumed by a <see cref="Execution.ScheduleListener"/>.
    /// </summary>
    public IReadOnlyList<string> EventTypes { get; init; } = [];

    /// <summary>The events as a task; null but for <see cref="ScheduleKind.On"/>.</summary>
    internal ListenTask? On { get; init; }

    /// <summary>When the workflow starts next.</summary>
    /// <param name="time">
    /// The start before (every), the end before (after), or any time (cron), UTC. For the first start of all, the time of publishing.
    /// </param>
    /// <returns>The time, UTC; null for events, and where the calendar ends.</returns>
    public DateTimeOffset? NextAfter(DateTimeOffset time) => Kind switch
    {
        ScheduleKind.On => null,
        ScheduleKind.Cron => Cron!.Next(time),
        _ => DateTimeOffset.MaxValue - time > Interval ? time.ToUniversalTime() + Interval : null,
    };
}
