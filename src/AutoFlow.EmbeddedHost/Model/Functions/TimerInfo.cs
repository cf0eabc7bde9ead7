namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer function learns about its schedule.</summary>
public class TimerInfo
{
    /// <summary>The stored occurrences; null when the schedule is not monitored.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>True when this run makes up for an occurrence that was missed.</summary>
    public bool IsPastDue { get; set; }
}

/// <summary>The stored occurrences of a schedule. All times are UTC.</summary>
public class ScheduleStatus
{
    /// <summary>The last occurrence that ran; <see cref="DateTime.MinValue"/> before the first.</summary>
    public DateTime Last { get; set; }

    /// <summary>The next occurrence.</summary>
    public DateTime Next { get; set; }

    /// <summary>When this record was written.</summary>
    public DateTime LastUpdated { get; set; }
}
