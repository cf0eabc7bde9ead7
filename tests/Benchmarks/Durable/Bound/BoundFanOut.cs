using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W2: 100 calls that are asked for in one commit, and their 100 results in another; the instances in flight share both.</summary>
internal static class BoundFanOut
{
    /// <summary>The bound is through in no time: it does more of the same.</summary>
    private const int More = 3;

    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(More * Workload.FanOutInstances), settings.InFlight ?? Workload.FanOutInFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: settings.Bound == BoundKind.Turns);
        BoundWorkloads.WarmUp(settings, () => Load(database, inFlight, inFlight));
        var start = Stopwatch.GetTimestamp();
        Load(database, count, inFlight);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ResultLine.Of(
            BoundWorkloads.Engine(settings),
            Workload.FanOut,
            folder,
            [("instances", count), ("inFlight", inFlight), ("fan", Workload.Fan)],
            (Figure.ActivitiesPerSecond, (double)count * Workload.Fan / seconds));
    }

    private static void Load(BareDatabase database, int count, int inFlight)
    {
        for (var done = 0; done < count; done += inFlight)
        {
            var group = new BareInstance[Math.Min(inFlight, count - done)];
            database.Begin();
            foreach (ref var instance in group.AsSpan())
                database.FanOut(ref instance, Workload.Fan);
            database.Commit();
            database.Begin();
            foreach (ref var instance in group.AsSpan())
                database.FanIn(ref instance, Workload.Fan, last: true);
            database.Commit();
        }
    }
}
