using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W1 alone: six commits, one after the other.</summary>
internal static class BoundAlone
{
    public static ResultLine Run(WorkloadSettings settings)
    {
        var count = settings.Scaled(Workload.AloneInstances);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: settings.Bound == BoundKind.Turns);
        BoundWorkloads.WarmUp(settings, () => One(database));
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            var start = Stopwatch.GetTimestamp();
            One(database);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return ResultLine.Of(
            BoundWorkloads.Engine(settings),
            Workload.Alone,
            folder,
            [("instances", count), ("steps", Workload.Steps)],
            (Figure.P50Ms, Percentiles.Of(times, 0.5)),
            (Figure.P99Ms, Percentiles.Of(times, 0.99)));
    }

    private static void One(BareDatabase database) => BoundThroughput.Run(database, [default]);
}
