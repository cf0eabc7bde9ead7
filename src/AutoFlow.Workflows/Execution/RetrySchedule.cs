using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Execution;

/// <summary>Decides whether and when a failed try is tried again.</summary>
internal static class RetrySchedule
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromDays(365);

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    /// <param name="retries">How many retries there were.</param>
    /// <param name="firstStart">When the first attempt began, UTC.</param>
    /// <param name="frame">The frame with the error's variable.</param>
    public static TimeSpan? Next(TaskRun run, RetryPolicy policy, int retries, DateTimeOffset firstStart, Frame frame)
    {
        if (policy.AttemptCount is { } most && retries >= most) return null;
        if (policy.When is not null && !run.Holds(policy.When, run.Input, frame)) return null;
        if (policy.ExceptWhen is not null && run.Holds(policy.ExceptWhen, run.Input, frame)) return null;
        var delay = Delay(Length(policy.Delay), policy.Backoff, retries + 1) + Jitter(run, Length(policy.JitterFrom), Length(policy.JitterTo));
        if (policy.Duration is not null && run.Now + delay - firstStart > Length(policy.Duration)) return null;
        return delay;

        TimeSpan Length(WorkflowDuration? duration) => duration is null ? TimeSpan.Zero : run.Length(duration);
    }

    /// <summary>The delay before a retry, without jitter: the same each time, growing by itself, or doubling.</summary>
    /// <param name="delay">The policy's delay.</param>
    /// <param name="retry">Which retry it is, from 1.</param>
    public static TimeSpan Delay(TimeSpan delay, Backoff backoff, int retry)
    {
        // Nothing times an endless factor would be no number.
        if (delay == TimeSpan.Zero) return delay;
        var factor = backoff switch { Backoff.Linear => retry, Backoff.Exponential => Math.Pow(2, retry - 1), _ => 1 };
        var milliseconds = delay.TotalMilliseconds * factor;
        return milliseconds >= LongestDelay.TotalMilliseconds ? LongestDelay : TimeSpan.FromMilliseconds(milliseconds);
    }

    /// <summary>A duration between the two, drawn from the run's ids so that a replay draws the same.</summary>
    private static TimeSpan Jitter(TaskRun run, TimeSpan from, TimeSpan to)
    {
        if (to <= from) return from;
        var fraction = BitConverter.ToUInt32(run.NewGuid().ToByteArray(), 0) / (double)uint.MaxValue;
        return from + TimeSpan.FromMilliseconds(Math.Floor((to - from).TotalMilliseconds * fraction));
    }
}
