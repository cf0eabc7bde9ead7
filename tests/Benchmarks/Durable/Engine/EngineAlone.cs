using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>W1 alone: one instance at a time, from the call that starts it until its caller knows that it is completed.</summary>
internal static class EngineAlone
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var count = settings.Scaled(Workload.AloneInstances);
        using var folder = new DataFolder(settings.Data);
        await using var run = await EngineRun.StartAsync(folder.Database);
        await WarmUp.RunAsync(settings.WarmUp, round => OneAsync("warm", round));
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await OneAsync("alone", i);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return ResultLine.Of(
            ResultLine.Embedded,
            Workload.Alone,
            folder,
            [("instances", count), ("steps", Workload.Steps), ("ids", settings.RandomIds ? "random" : "sequential")],
            (Figure.P50Ms, Percentiles.Of(times, 0.5)),
            (Figure.P99Ms, Percentiles.Of(times, 0.99)));

        Task OneAsync(string prefix, int number) => run.CompleteAsync(BenchmarkFunctions.Steps, Workload.Steps, settings.Id(prefix, number));
    }
}
