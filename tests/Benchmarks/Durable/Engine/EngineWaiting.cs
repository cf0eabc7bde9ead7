using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>W3: what 10,000 instances that wait for an event hold in memory, and how fast the event of each completes it.</summary>
internal static class EngineWaiting
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.WaitingInstances), settings.InFlight ?? Workload.WaitingInFlight);
        using var folder = new DataFolder(settings.Data);
        await using var run = await EngineRun.StartAsync(folder.Database);
        await WarmUp.RunAsync(settings.WarmUp, async round =>
        {
            var ids = Ids($"warm-{round}", Math.Min(count, Workload.WaitingWarmUp));
            await BeginAsync(ids);
            await RaiseAsync(ids);
        });

        var waiting = Ids("w3", count);
        var before = MemoryUse.Now();
        await BeginAsync(waiting);
        var added = MemoryUse.Now().Since(before);
        var start = Stopwatch.GetTimestamp();
        await RaiseAsync(waiting);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ResultLine.Of(
            ResultLine.Embedded,
            Workload.Waiting,
            folder,
            [("instances", count), ("inFlight", inFlight), ("ids", settings.RandomIds ? "random" : "sequential")],
            [.. added, (Figure.EventsPerSecond, count / seconds)]);

        // The ids are the caller's; they are there before memory is measured.
        string[] Ids(string prefix, int instances) => [.. Enumerable.Range(0, instances).Select(number => settings.Id(prefix, number))];

        Task BeginAsync(string[] ids)
            => InFlight.RunAsync(ids.Length, inFlight, number => run.StartedAsync(BenchmarkFunctions.Wait, Payload.Sample, ids[number]));

        Task RaiseAsync(string[] ids) => InFlight.RunAsync(ids.Length, inFlight, number => run.RaiseAsync(ids[number]));
    }
}
