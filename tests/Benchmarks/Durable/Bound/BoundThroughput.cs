using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>
/// W1: an instance is six rows in six commits, for its start and each of its five results; the next step of every instance in flight
/// shares the commit.
/// </summary>
internal static class BoundThroughput
{
    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.ThroughputInstances), settings.InFlight ?? Workload.InFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database);
        BoundWorkloads.WarmUp(settings, () => Load(database, inFlight, inFlight));
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        Load(database, count, inFlight);
        var (seconds, busy) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        return ResultLine.Of(
            ResultLine.Bound,
            Workload.Throughput,
            folder,
            [("instances", count), ("inFlight", inFlight), ("steps", Workload.Steps)],
            (Figure.InstancesPerSecond, count / seconds),
            (Figure.CpuMsPerInstance, busy.TotalMilliseconds / count));
    }

    private static void Load(BareDatabase database, int count, int inFlight)
    {
        var keys = new long[inFlight];
        for (var done = 0; done < count; done += inFlight)
        {
            var group = keys.AsSpan(0, Math.Min(inFlight, count - done));
            for (var step = 0; step <= Workload.Steps; step++)
                TakeStep(database, group, step);
        }
    }

    /// <summary>One step of every instance of the group, in one commit.</summary>
    public static void TakeStep(BareDatabase database, Span<long> instances, int step)
    {
        database.Begin();
        foreach (ref var instance in instances)
        {
            if (step == 0)
                instance = database.AddInstance();
            database.AddStep(instance);
            if (step == Workload.Steps)
                database.Finish(instance);
        }

        database.Commit();
    }
}
