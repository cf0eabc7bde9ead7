using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>W2: each instance calls 100 activities at once and goes on when it has all their results.</summary>
internal static class EngineFanOut
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.FanOutInstances), settings.InFlight ?? Workload.FanOutInFlight);
        using var folder = new DataFolder(settings.Data);
        await using var run = await EngineRun.StartAsync(folder.Database);
        await WarmUp.RunAsync(settings.WarmUp, round => LoadAsync($"warm-{round}", inFlight));
        var start = Stopwatch.GetTimestamp();
        await LoadAsync("w2", count);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ResultLine.Of(
            ResultLine.Embedded,
            Workload.FanOut,
            folder,
            [("instances", count), ("inFlight", inFlight), ("fan", Workload.Fan), ("ids", settings.RandomIds ? "random" : "sequential")],
            (Figure.ActivitiesPerSecond, (double)count * Workload.Fan / seconds));

        Task LoadAsync(string prefix, int instances) => InFlight.RunAsync(
            instances, inFlight, number => run.CompleteAsync(BenchmarkFunctions.FanOut, null, settings.Id(prefix, number)));
    }
}
