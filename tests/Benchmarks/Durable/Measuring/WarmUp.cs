using System.Diagnostics;

namespace AutoFlow.Benchmarks.Durable.Measuring;

/// <summary>Work that is not measured, until the runtime has compiled all of it with optimisation.</summary>
internal static class WarmUp
{
    /// <summary>Runs rounds until the time is over; at least two.</summary>
    /// <param name="time">For how long.</param>
    /// <param name="round">One round, with its number.</param>
    public static async Task RunAsync(TimeSpan time, Func<int, Task> round)
    {
        var start = Stopwatch.GetTimestamp();
        for (var number = 0; number < 2 || Stopwatch.GetElapsedTime(start) < time; number++)
            await round(number);
    }
}
