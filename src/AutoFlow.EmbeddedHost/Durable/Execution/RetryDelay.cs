using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>The waits of a retry policy: a pure function of the policy and of what happened.</summary>
internal static class RetryDelay
{
    /// <summary>How long to wait before the next attempt; null to give up.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="failed">The number of the attempt that failed, from 1.</param>
    /// <param name="elapsed">The time since the first attempt began.</param>
    public static TimeSpan? Next(RetryPolicy policy, int failed, TimeSpan elapsed)
    {
        if (failed >= policy.MaxNumberOfAttempts)
            return null;
        if (policy.RetryTimeout != Timeout.InfiniteTimeSpan && elapsed >= policy.RetryTimeout)
            return null;
        var limit = policy.MaxRetryInterval == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : policy.MaxRetryInterval;
        var ticks = policy.FirstRetryInterval.Ticks * Math.Pow(policy.BackoffCoefficient, failed - 1);
        return ticks >= limit.Ticks ? limit : TimeSpan.FromTicks((long)ticks);
    }
}
