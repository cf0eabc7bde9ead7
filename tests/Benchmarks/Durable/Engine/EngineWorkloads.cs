using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>The table's workloads on the engine, by name.</summary>
internal static class EngineWorkloads
{
    public static readonly IReadOnlyDictionary<string, Func<WorkloadSettings, Task<ResultLine>>> All =
        new OrderedDictionary<string, Func<WorkloadSettings, Task<ResultLine>>>
        {
            [Workload.Throughput] = EngineThroughput.RunAsync,
            [Workload.Alone] = EngineAlone.RunAsync,
            [Workload.FanOut] = EngineFanOut.RunAsync,
            [Workload.Waiting] = EngineWaiting.RunAsync,
            [Workload.Sequence] = EngineSequence.RunAsync,
        };

    /// <summary>Runs instances, so many at once; each place takes the next when its last is completed.</summary>
    public static Task InFlightAsync(int count, int inFlight, Func<int, Task> one) => Parallel.ForEachAsync(
        Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = inFlight }, async (number, _) => await one(number));
}
