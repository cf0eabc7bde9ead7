using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AutoFlow.Benchmarks;

/// <summary>What one operation costs, on a machine that others use too: the least of many short rounds.</summary>
/// <param name="Nanoseconds">Time of one operation in the best round.</param>
/// <param name="MedianNanoseconds">The same in the median round: how noisy the machine was.</param>
/// <param name="Bytes">Managed memory one operation allocates, on average over the rounds; null when it cannot be known.</param>
internal readonly record struct Measurement(double Nanoseconds, double MedianNanoseconds, double? Bytes)
{
    private const int MaxRounds = 40;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromMilliseconds(600);

    /// <summary>Runs the operation until the runtime has optimised it, then in rounds.</summary>
    public static Measurement Of(Action operation)
    {
        var (perRound, rounds) = WarmUp(operation);
        var times = new double[rounds];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < perRound; i++)
                operation();
            times[round] = Stopwatch.GetElapsedTime(start).TotalNanoseconds / perRound;
        }

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(times);
        return new Measurement(times[0], times[rounds / 2], (double)bytes / ((long)rounds * perRound));
    }

    /// <summary>Prints one workload as one line of JSON.</summary>
    public void Print(string engine, string workload) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        engine,
        workload,
        nsPerOp = Math.Round(Nanoseconds, 1),
        medianNsPerOp = Math.Round(MedianNanoseconds, 1),
        bytesPerOp = Bytes is { } b ? Math.Round(b, 1).ToString(CultureInfo.InvariantCulture) : null,
    }));

    /// <summary>Gives the number of operations that fill a round, and how many rounds are affordable.</summary>
    private static (int PerRound, int Rounds) WarmUp(Action operation)
    {
        var start = Stopwatch.GetTimestamp();
        var count = 0L;
        do
        {
            operation();
            count++;
        }
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime);
        var perOperation = Stopwatch.GetElapsedTime(start) / count;
        return ((int)Math.Clamp(RoundTime / perOperation, 1, 10_000_000), (int)Math.Clamp(4 * WarmUpTime / perOperation, 5, MaxRounds));
    }
}
