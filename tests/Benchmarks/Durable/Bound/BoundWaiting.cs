using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W3: a row for each instance that waits; then, per event, a row in one commit and the completion in the next.</summary>
internal static class BoundWaiting
{
    /// <summary>The bound is through in no time: it does the same again, and the middle time counts.</summary>
    private const int Repeats = 7;

    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.WaitingInstances), settings.InFlight ?? Workload.WaitingInFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: settings.Bound == BoundKind.Turns);
        BoundWorkloads.WarmUp(settings, () =>
        {
            var some = new BareInstance[Math.Min(count, Workload.WaitingWarmUp)];
            Begin(database, some, inFlight);
            Raise(database, some, inFlight);
        });

        var before = MemoryUse.Now();
        var waiting = new BareInstance[count];
        Begin(database, waiting, inFlight);
        var added = MemoryUse.Now().Since(before);
        var rates = new List<double>();
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            Raise(database, waiting, inFlight);
            rates.Add(count / Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (rates.Count == Repeats)
                break;
            Array.Clear(waiting);
            Begin(database, waiting, inFlight);
        }

        return ResultLine.Of(
            BoundWorkloads.Engine(settings),
            Workload.Waiting,
            folder,
            [("instances", count), ("inFlight", inFlight)],
            [.. added, (Figure.EventsPerSecond, Percentiles.Median(rates))]);
    }

    private static void Begin(BareDatabase database, BareInstance[] instances, int inFlight)
    {
        for (var i = 0; i < instances.Length; i += inFlight)
            BoundWorkloads.TakeTurn(database, Group(instances, i, inFlight), asks: false, last: false);
    }

    private static void Raise(BareDatabase database, BareInstance[] instances, int inFlight)
    {
        for (var i = 0; i < instances.Length; i += inFlight)
        {
            database.Begin();
            foreach (ref var instance in Group(instances, i, inFlight))
                database.Send(ref instance);
            database.Commit();
            BoundWorkloads.TakeTurn(database, Group(instances, i, inFlight), asks: false, last: true);
        }
    }

    private static Span<BareInstance> Group(BareInstance[] instances, int from, int size)
        => instances.AsSpan(from, Math.Min(size, instances.Length - from));
}
