using System.Threading.Channels;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>Fires durable timers. The store's index is the queue; here is only the time of the earliest.</summary>
internal sealed class TimerLoop(IOrchestrationStore store, ReadyInstances ready, WorkCount work, TimeProvider time, ILogger logger)
{
    // A platform timer goes no further than 49 days; looking again each day costs nothing and heals a clock that was set.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromDays(1);
    private static readonly TimeSpan RetryAfterFailure = TimeSpan.FromSeconds(1);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(1);
    private readonly Lock _gate = new();
    private DateTime _armedFor = DateTime.MaxValue;

    /// <summary>A timer was set.</summary>
    /// <param name="fireAt">For when, UTC.</param>
    public void Notify(DateTime fireAt)
    {
        lock (_gate)
        {
            if (fireAt >= _armedFor)
                return;
        }

        Wake();
    }

    /// <summary>Makes the loop look at the store when it begins.</summary>
    public void Begin() => Wake();

    /// <summary>Fires timers until stopped.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var alarm = time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            await _wake.Reader.ReadAsync(stop).ConfigureAwait(false);
            try
            {
                await FireAsync(alarm).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "Timers could not be fired; they are tried again");
                alarm.Change(RetryAfterFailure, Timeout.InfiniteTimeSpan);
            }
            finally
            {
                work.Done();
            }
        }
    }

    private async Task FireAsync(ITimer alarm)
    {
        // Until it is armed anew, every timer that is set wakes this loop again.
        lock (_gate)
            _armedFor = DateTime.MaxValue;
        while (store.NextTimer() is { } next)
        {
            var now = time.GetUtcNow().UtcDateTime;
            if (next > now)
            {
                lock (_gate)
                    _armedFor = next;
                var sleep = next - now;
                alarm.Change(sleep < LongestSleep ? sleep : LongestSleep, Timeout.InfiniteTimeSpan);
                return;
            }

            foreach (var instance in await store.FireTimersAsync(now).ConfigureAwait(false))
                ready.Signal(instance);
        }
    }

    private void Wake()
    {
        work.Add();
        if (!_wake.Writer.TryWrite(true))
            work.Done();
    }
}
