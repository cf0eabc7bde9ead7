using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>
/// W1: an instance is six turns in six commits, for its start and each of its five results; the next turn of every instance in flight
/// shares the commit.
/// </summary>
internal static class BoundThroughput
{
    /// <summary>The bound is through in no time: it does more of the same.</summary>
    private const int More = 5;

    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(More * Workload.ThroughputInstances), settings.InFlight ?? Workload.InFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: settings.Bound == BoundKind.Turns);
        BoundWorkloads.WarmUp(settings, () => Load(database, inFlight, inFlight));
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Load(database, count, inFlight);
        var (seconds, busy) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        return ResultLine.Of(
            BoundWorkloads.Engine(settings),
            Workload.Throughput,
            folder,
            [("instances", count), ("inFlight", inFlight), ("steps", Workload.Steps)],
            (Figure.InstancesPerSecond, count / seconds),
            (Figure.CpuMsPerInstance, busy.TotalMilliseconds / count));
    }

    /// <summary>All turns of a group of instances, one commit after the other.</summary>
    public static void Run(BareDatabase database, Span<BareInstance> instances)
    {
        for (var turn = 0; turn <= Workload.Steps; turn++)
            BoundWorkloads.TakeTurn(database, instances, asks: turn < Workload.Steps, last: turn == Workload.Steps);
    }

    private static void Load(BareDatabase database, int count, int inFlight)
    {
        for (var done = 0; done < count; done += inFlight)
            Run(database, new BareInstance[Math.Min(inFlight, count - done)]);
    }
}
