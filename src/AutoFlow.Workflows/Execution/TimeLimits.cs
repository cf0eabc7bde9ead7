namespace AutoFlow.Workflows.Execution;

/// <summary>Races work against a timer.</summary>
internal static class TimeLimits
{
    /// <summary>Does the work until <paramref name="due"/>; whichever loses is cancelled.</summary>
    /// <param name="due">When the time is up, UTC.</param>
    /// <param name="work">The work; it is given the time and a token that ends with it.</param>
    /// <param name="timedOut">Makes the error for work that took too long.</param>
    public static async Task<T> RunAsync<T>(
        WorkflowRun run,
        DateTimeOffset due,
        Func<DateTimeOffset, CancellationToken, Task<T>> work,
        Func<Exception> timedOut,
        CancellationToken cancellation)
    {
        var forWork = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var forTimer = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var working = work(due, forWork.Token);
        if (working.IsCompleted) return await working;
        var timer = WorkflowRun.CallPortAsync(() => run.Port.WaitUntilAsync(due, forTimer.Token), forTimer.Token);
        var first = await Task.WhenAny(working, timer);
        if (first == working)
        {
            forTimer.Cancel();
            _ = Race.ForgetAsync(timer);
            return await working;
        }

        // However the timer ended, the work must not go on by itself.
        forWork.Cancel();
        _ = Race.ForgetAsync(working);
        // The timer's own failure, or an enclosing limit, comes before the time limit.
        await timer;
        throw timedOut();
    }
}
