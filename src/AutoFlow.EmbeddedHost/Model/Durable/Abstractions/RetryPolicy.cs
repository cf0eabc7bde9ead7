namespace Microsoft.DurableTask;

/// <summary>When a failed activity or child orchestration is tried again.</summary>
public class RetryPolicy
{
    /// <summary>Makes a policy.</summary>
    /// <param name="maxNumberOfAttempts">The most attempts, the first one included; 1 or more.</param>
    /// <param name="firstRetryInterval">The wait between the first and the second attempt; more than zero.</param>
    /// <param name="backoffCoefficient">What each wait is multiplied by to give the next; 1 or more.</param>
    /// <param name="maxRetryInterval">The longest wait; null is one hour, <see cref="Timeout.InfiniteTimeSpan"/> no limit.</param>
    /// <param name="retryTimeout">No attempt begins after this long; null or <see cref="Timeout.InfiniteTimeSpan"/> is no limit.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside of its range, or a limit is shorter than the first wait.</exception>
    public RetryPolicy(
        int maxNumberOfAttempts,
        TimeSpan firstRetryInterval,
        double backoffCoefficient = 1.0,
        TimeSpan? maxRetryInterval = null,
        TimeSpan? retryTimeout = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxNumberOfAttempts);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        if (!(backoffCoefficient >= 1.0))
            throw new ArgumentOutOfRangeException(nameof(backoffCoefficient), backoffCoefficient, "The coefficient must be 1.0 or more.");
        if (maxRetryInterval < firstRetryInterval && maxRetryInterval != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(maxRetryInterval), maxRetryInterval, "The longest wait is shorter than the first.");
        if (retryTimeout < firstRetryInterval && retryTimeout != Timeout.InfiniteTimeSpan)
            throw new ArgumentOutOfRangeException(nameof(retryTimeout), retryTimeout, "The timeout is shorter than the first wait.");
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
        BackoffCoefficient = backoffCoefficient;
        MaxRetryInterval = maxRetryInterval ?? TimeSpan.FromHours(1);
        RetryTimeout = retryTimeout ?? Timeout.InfiniteTimeSpan;
    }

    /// <summary>The most attempts, the first one included.</summary>
    public int MaxNumberOfAttempts { get; }

    /// <summary>The wait between the first and the second attempt.</summary>
    public TimeSpan FirstRetryInterval { get; }

    /// <summary>What each wait is multiplied by to give the next.</summary>
    public double BackoffCoefficient { get; }

    /// <summary>The longest wait; one hour where none was given.</summary>
    public TimeSpan MaxRetryInterval { get; }

    /// <summary>No attempt begins after this long; <see cref="Timeout.InfiniteTimeSpan"/> where none was given.</summary>
    public TimeSpan RetryTimeout { get; }

    /// <summary>Tells from the exception whether to try again; always where no <see cref="HandleFailure"/> was given.</summary>
    public Func<Exception, bool> Handle { get; private init; } = _ => true;

    /// <summary>Tells from the failure whether to try again. The limits of attempts and time come first.</summary>
    public Func<TaskFailureDetails, bool> HandleFailure
    {
        init => Handle = exception => exception is TaskFailedException failed && value(failed.FailureDetails);
    }
}
