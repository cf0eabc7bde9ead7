using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>W1: instances of five sequential activities, at most 200 in flight.</summary>
internal static class EngineThroughput
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.ThroughputInstances), settings.InFlight ?? Workload.InFlight);
        using var folder = new DataFolder(settings.Data);
        await using var run = await EngineRun.StartAsync(folder.Database);
        await WarmUp.RunAsync(settings.WarmUp, round => LoadAsync($"warm-{round}", inFlight));
        var (start, cpu, allocated) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
        await LoadAsync("w1", count);
        var (seconds, busy) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        return ResultLine.Of(
            ResultLine.Embedded,
            Workload.Throughput,
            folder,
            [("instances", count), ("inFlight", inFlight), ("steps", Workload.Steps), ("ids", settings.RandomIds ? "random" : "sequential")],
            (Figure.InstancesPerSecond, count / seconds),
            (Figure.CpuMsPerInstance, busy.TotalMilliseconds / count),
            (Figure.AllocatedKBPerInstance, (GC.GetTotalAllocatedBytes() - allocated) / 1_000.0 / count));

        Task LoadAsync(string prefix, int instances) => InFlight.RunAsync(
            instances, inFlight, number => run.CompleteAsync(BenchmarkFunctions.Steps, Workload.Steps, settings.Id(prefix, number)));
    }
}
