using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>What a timer does at start: its status, and whether a missed occurrence is made up for. Pure.</summary>
/// <param name="Status">The schedule's status.</param>
/// <param name="IsPastDue">Whether an occurrence was missed while the host was down.</param>
internal sealed record TimerPlan(ScheduleStatus Status, bool IsPastDue)
{
    /// <summary>Decides at start. The rules are those of Microsoft's ScheduleMonitor.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="stored">The stored status; null when there is none or the schedule is not monitored.</param>
    /// <param name="now">Now, UTC.</param>
    public static TimerPlan AtStart(TimerSchedule schedule, ScheduleStatus? stored, DateTime now)
    {
        if (stored is null)
            return Fresh(schedule, now);

        // A status that the schedule could not have written means that the schedule was changed since.
        var reference = stored.Last == default ? stored.LastUpdated : stored.Last;
        if (schedule.Next(reference) != stored.Next)
            return Fresh(schedule, now);
        return new TimerPlan(stored, now > stored.Next);
    }

    /// <summary>The status after a run.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="before">The status before the run.</param>
    /// <param name="ranAt">When it ran, UTC.</param>
    /// <param name="scheduled">Whether it was the scheduled occurrence, not a start-up run.</param>
    public static ScheduleStatus AfterRun(TimerSchedule schedule, ScheduleStatus before, DateTime ranAt, bool scheduled)
    {
        // A timer may fire a little early; counting from its due time keeps it from firing twice for one occurrence.
        var last = scheduled && before.Next > ranAt ? before.Next : ranAt;
        return new ScheduleStatus { Last = last, Next = schedule.Next(last), LastUpdated = last };
    }

    private static TimerPlan Fresh(TimerSchedule schedule, DateTime now) =>
        new(new ScheduleStatus { Last = default, Next = schedule.Next(now), LastUpdated = now }, IsPastDue: false);
}
