using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>The table's workloads as bare SQLite does them on one thread, by name.</summary>
internal static class BoundWorkloads
{
    public static readonly IReadOnlyDictionary<string, Func<WorkloadSettings, Task<ResultLine>>> All =
        new OrderedDictionary<string, Func<WorkloadSettings, Task<ResultLine>>>
        {
            [Workload.Throughput] = settings => Task.FromResult(BoundThroughput.Run(settings)),
            [Workload.Alone] = settings => Task.FromResult(BoundAlone.Run(settings)),
            [Workload.FanOut] = settings => Task.FromResult(BoundFanOut.Run(settings)),
            [Workload.Waiting] = settings => Task.FromResult(BoundWaiting.Run(settings)),
            [Workload.Sequence] = BoundSequence.RunAsync,
        };

    /// <summary>Which bound it is.</summary>
    public static string Engine(WorkloadSettings settings) => settings.Bound == BoundKind.Turns ? ResultLine.Bound : ResultLine.HistoryBound;

    /// <summary>One turn of every instance of a group, in one commit.</summary>
    public static void TakeTurn(BareDatabase database, Span<BareInstance> instances, bool asks, bool last)
    {
        database.Begin();
        foreach (ref var instance in instances)
            database.Turn(ref instance, asks, last);
        database.Commit();
    }

    /// <summary>Runs the same work unmeasured, for as long as is asked for.</summary>
    public static void WarmUp(WorkloadSettings settings, Action round)
    {
        // Complete before it returns: nothing in it waits.
        Measuring.WarmUp.RunAsync(settings.WarmUp, _ =>
        {
            round();
            return Task.CompletedTask;
        }).GetAwaiter().GetResult();
    }
}
