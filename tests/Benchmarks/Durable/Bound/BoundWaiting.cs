using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W3: a row for each instance that waits; then, per event, a row in one commit and the completion in the next.</summary>
internal static class BoundWaiting
{
    public static ResultLine Run(WorkloadSettings settings)
    {
        var (count, inFlight) = (settings.Scaled(Workload.WaitingInstances), settings.InFlight ?? Workload.WaitingInFlight);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database);
        BoundWorkloads.WarmUp(settings, () =>
        {
            var keys = new long[Math.Min(count, Workload.WaitingWarmUp)];
            Begin(database, keys, inFlight);
            Raise(database, keys, inFlight);
        });

        var waiting = new long[count];
        var before = MemoryUse.Now();
        Begin(database, waiting, inFlight);
        var added = MemoryUse.Now().Since(before);
        var start = Stopwatch.GetTimestamp();
        Raise(database, waiting, inFlight);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return ResultLine.Of(
            ResultLine.Bound,
            Workload.Waiting,
            folder,
            [("instances", count), ("inFlight", inFlight)],
            [.. added, (Figure.EventsPerSecond, count / seconds)]);
    }

    private static void Begin(BareDatabase database, long[] keys, int inFlight)
    {
        for (var i = 0; i < keys.Length; i += inFlight)
            BoundThroughput.TakeStep(database, keys.AsSpan(i, Math.Min(inFlight, keys.Length - i)), 0);
    }

    private static void Raise(BareDatabase database, long[] keys, int inFlight)
    {
        for (var i = 0; i < keys.Length; i += inFlight)
        {
            var group = keys.AsSpan(i, Math.Min(inFlight, keys.Length - i));
            BoundThroughput.TakeStep(database, group, 1);
            BoundThroughput.TakeStep(database, group, Workload.Steps);
        }
    }
}
