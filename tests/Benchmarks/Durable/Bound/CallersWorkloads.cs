using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>
/// The table's workloads as bare SQLite does them with group commit between callers: an instance is a caller of its own that waits
/// for each of its commits, as every program must whose steps come from many places.
/// </summary>
internal static class CallersWorkloads
{
    private const int More = 3;

    public static readonly IReadOnlyDictionary<string, Func<WorkloadSettings, Task<ResultLine>>> All =
        new OrderedDictionary<string, Func<WorkloadSettings, Task<ResultLine>>>
        {
            [Workload.Throughput] = settings => RunAsync(settings, Workload.Throughput, ThroughputAsync),
            [Workload.Alone] = settings => RunAsync(settings, Workload.Alone, AloneAsync),
            [Workload.FanOut] = settings => RunAsync(settings, Workload.FanOut, FanOutAsync),
            [Workload.Waiting] = settings => RunAsync(settings, Workload.Waiting, WaitingAsync),
            [Workload.Sequence] = settings => RunAsync(settings, Workload.Sequence, SequenceAsync),
        };

    private static async Task<ResultLine> RunAsync(
        WorkloadSettings settings, string workload, Func<WorkloadSettings, BareWriter, Task<(string Name, double Value)[]>> run)
    {
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: true);
        using var writer = new BareWriter(database);
        return ResultLine.Of(ResultLine.CallersBound, workload, folder, [("scale", settings.Scale)], await run(settings, writer));
    }

    private static async Task<(string Name, double Value)[]> ThroughputAsync(WorkloadSettings settings, BareWriter writer)
    {
        var (count, inFlight) = (settings.Scaled(More * Workload.ThroughputInstances), settings.InFlight ?? Workload.InFlight);
        await WarmUp.RunAsync(settings.WarmUp, _ => LoadAsync(inFlight));
        var (start, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await LoadAsync(count);
        var (seconds, busy) = (Stopwatch.GetElapsedTime(start).TotalSeconds, Environment.CpuUsage.TotalTime - cpu);
        return [(Figure.InstancesPerSecond, count / seconds), (Figure.CpuMsPerInstance, busy.TotalMilliseconds / count)];

        Task LoadAsync(int instances) => InFlight.RunAsync(instances, inFlight, _ => new BareCaller(writer).StepsAsync(Workload.Steps));
    }

    private static async Task<(string Name, double Value)[]> AloneAsync(WorkloadSettings settings, BareWriter writer)
    {
        await WarmUp.RunAsync(settings.WarmUp, _ => TimeAsync(writer, Workload.Steps));
        var times = new double[settings.Scaled(Workload.AloneInstances)];
        for (var i = 0; i < times.Length; i++)
            times[i] = await TimeAsync(writer, Workload.Steps);
        return [(Figure.P50Ms, Percentiles.Of(times, 0.5)), (Figure.P99Ms, Percentiles.Of(times, 0.99))];
    }

    private static async Task<(string Name, double Value)[]> FanOutAsync(WorkloadSettings settings, BareWriter writer)
    {
        var (count, inFlight) = (settings.Scaled(More * Workload.FanOutInstances), settings.InFlight ?? Workload.FanOutInFlight);
        await WarmUp.RunAsync(settings.WarmUp, _ => LoadAsync(inFlight));
        var start = Stopwatch.GetTimestamp();
        await LoadAsync(count);
        return [(Figure.ActivitiesPerSecond, (double)count * Workload.Fan / Stopwatch.GetElapsedTime(start).TotalSeconds)];

        Task LoadAsync(int instances) => InFlight.RunAsync(instances, inFlight, _ => new BareCaller(writer).FanOutAsync());
    }

    private static async Task<(string Name, double Value)[]> WaitingAsync(WorkloadSettings settings, BareWriter writer)
    {
        var (count, inFlight) = (settings.Scaled(Workload.WaitingInstances), settings.InFlight ?? Workload.WaitingInFlight);
        await WarmUp.RunAsync(settings.WarmUp, async _ =>
        {
            var some = await BeginAsync(Math.Min(count, Workload.WaitingWarmUp));
            await RaiseAsync(some);
        });
        var before = MemoryUse.Now();
        var waiting = await BeginAsync(count);
        var added = MemoryUse.Now().Since(before);
        var start = Stopwatch.GetTimestamp();
        await RaiseAsync(waiting);
        return [.. added, (Figure.EventsPerSecond, count / Stopwatch.GetElapsedTime(start).TotalSeconds)];

        async Task<BareCaller[]> BeginAsync(int instances)
        {
            var callers = new BareCaller[instances];
            await InFlight.RunAsync(instances, inFlight, number => (callers[number] = new BareCaller(writer)).BeginAsync());
            return callers;
        }

        Task RaiseAsync(BareCaller[] callers) => InFlight.RunAsync(callers.Length, inFlight, number => callers[number].RaiseAsync());
    }

    private static async Task<(string Name, double Value)[]> SequenceAsync(WorkloadSettings settings, BareWriter writer)
    {
        var lengths = Sequences.Scaled(settings);
        await WarmUp.RunAsync(settings.WarmUp, _ => TimeAsync(writer, lengths[0]));
        return await Sequences.MeasureAsync(lengths, steps => TimeAsync(writer, steps));
    }

    private static async Task<double> TimeAsync(BareWriter writer, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        await new BareCaller(writer).StepsAsync(steps);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
