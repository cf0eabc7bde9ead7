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
}
