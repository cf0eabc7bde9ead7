namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// The wait that the service asked for with a 429. It holds for every message: a limit of tokens a minute is the
/// deployment's, and calls made meanwhile would only be refused. Kept by this process alone; another one asks for itself.
/// </summary>
/// <param name="longest">Longer waits are cut to this, so that a quota that was raised is noticed.</param>
internal sealed class ServicePause(TimeProvider time, TimeSpan longest)
{
    private long _untilTicks;

    /// <summary>What is left of the wait; null when there is none.</summary>
    public TimeSpan? Left
    {
        get
        {
            var left = Volatile.Read(ref _untilTicks) - time.GetUtcNow().UtcTicks;
            return left > 0 ? TimeSpan.FromTicks(left) : null;
        }
    }

    /// <summary>The wait begins now; one that ends later stays.</summary>
    public void Begin(TimeSpan wait)
    {
        var until = (time.GetUtcNow() + (wait < longest ? wait : longest)).UtcTicks;
        for (var seen = Volatile.Read(ref _untilTicks); seen < until;)
        {
            var before = Interlocked.CompareExchange(ref _untilTicks, until, seen);
            if (before == seen) return;
            seen = before;
        }
    }
}
