using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Starts a function by a schedule.</summary>
/// <param name="schedule">An NCRONTAB expression of six fields (UTC) or a TimeSpan; <c>%Setting%</c> is resolved from the configuration.</param>
public sealed class TimerTriggerAttribute(string schedule) : TriggerBindingAttribute
{
    /// <summary>The schedule as it was written.</summary>
    public string Schedule { get; } = schedule;

    /// <summary>Whether occurrences are stored, so that one that was missed while the host was down runs at the next start. Off for schedules of less than a minute.</summary>
    public bool UseMonitor { get; set; } = true;

    /// <summary>Whether the function runs at once when the host starts.</summary>
    public bool RunOnStartup { get; set; }
}
