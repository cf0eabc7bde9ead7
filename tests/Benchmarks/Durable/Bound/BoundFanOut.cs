using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W2: 100 rows that are scheduled in one commit and 100 results in another, shared by the instances in flight.</summary>
internal static class BoundFanOut
{
    private const int Fan = 100;

    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.FanOutInstances), settings.InFlight ?? Workload.FanOutInFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database);
        BoundWorkloads.WarmUp(settings, () => Load(database, inFlight, inFlight));
        var start = Stopwatch.GetTimestamp();
        Load(database, count, inFlight);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ResultLine.Of(
            ResultLine.Bound,
            Workload.FanOut,
            folder,
            [("instances", count), ("inFlight", inFlight), ("fan", Fan)],
            (Figure.ActivitiesPerSecond, (double)count * Fan / seconds));
    }

    private static void Load(BareDatabase database, int count, int inFlight)
    {
        var keys = new long[inFlight];
        for (var done = 0; done < count; done += inFlight)
        {
            var group = keys.AsSpan(0, Math.Min(inFlight, count - done));
            database.Begin();
            foreach (ref var instance in group)
            {
                instance = database.AddInstance();
                AddSteps(database, instance);
            }

            database.Commit();
            database.Begin();
            foreach (var instance in group)
            {
                AddSteps(database, instance);
                database.Finish(instance);
            }

            database.Commit();
        }
    }

    private static void AddSteps(BareDatabase database, long instance)
    {
        for (var i = 0; i < Fan; i++)
            database.AddStep(instance);
    }
}
