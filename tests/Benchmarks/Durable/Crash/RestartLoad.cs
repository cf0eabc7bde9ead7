using System.Globalization;
using AutoFlow.Benchmarks.Durable.Engine;
using AutoFlow.Benchmarks.Durable.Measuring;
using Microsoft.DurableTask;

namespace AutoFlow.Benchmarks.Durable.Crash;

/// <summary>W1's load, until it is killed.</summary>
internal static class RestartLoad
{
    public static async Task<int> RunAsync(Flags flags)
    {
        var (instances, database) = (flags.Count("--instances", 10_000), flags.Text("--database", ""));
        using var notes = new RestartNotes(database, run: 1);
        await using var run = await EngineRun.StartAsync(database, RestartFunctions.Registry(notes, _ => { }));
        var done = 0;
        await InFlight.RunAsync(instances, Workload.InFlight, async number =>
        {
            var id = $"traced-{number.ToString("D7", CultureInfo.InvariantCulture)}";
            await run.Client.ScheduleNewOrchestrationInstanceAsync(RestartFunctions.Orchestration, null, new StartOrchestrationOptions(id));
            notes.Acknowledged(id);
            await run.Client.WaitForInstanceCompletionAsync(id);
            notes.Completed(id);
            if (Interlocked.Increment(ref done) == (instances + 1) / 2)
                Console.WriteLine(RestartBenchmark.HalfDone);
        });
        return 0;
    }
}
