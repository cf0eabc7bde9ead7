using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>Starts the instances that wait, tells when all of them do, and is killed.</summary>
internal static class WaitingFill
{
    private const int Places = 1_000;
    private static readonly TimeSpan Spread = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Flags flags)
    {
        var (instances, soon) = (flags.Count("--instances", 500_000), flags.Count("--timers", 2_000));
        await using var run = await EngineRun.StartAsync(flags.Text("--database", ""));
        var half = instances / 2;
        var later = DateTime.UtcNow.AddDays(2);
        var told = 0;
        await InFlight.RunAsync(half, Places, async number =>
        {
            await run.StartedAsync(BenchmarkFunctions.Wait, Payload.Sample, WaitingBenchmark.EventId(number));
            // Spread over a month, in no order.
            await run.StartedAsync(BenchmarkFunctions.Due, later.AddSeconds(number * 7919L % 2_500_000), WaitingBenchmark.TimerId(number));
            if (Interlocked.Increment(ref told) % 25_000 == 0)
                await Console.Error.WriteLineAsync($"{2 * told} of {instances} wait");
        });

        // The last ones are due soon after the next start.
        var first = DateTime.UtcNow.AddSeconds(flags.Count("--due-in", 20));
        await InFlight.RunAsync(soon, Places, number => run.StartedAsync(
            BenchmarkFunctions.Due, first + (Spread * ((double)number / soon)), WaitingBenchmark.TimerId(half + number)));
        Console.WriteLine(WaitingBenchmark.AllWait);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }
}
