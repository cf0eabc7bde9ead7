using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>W4: one instance that takes many sequential steps, and how its time grows with their number.</summary>
internal static class EngineSequence
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var lengths = Sequences.Scaled(settings);
        using var folder = new DataFolder(settings.Data);
        await using var run = await EngineRun.StartAsync(folder.Database);
        var taken = 0;
        await WarmUp.RunAsync(settings.WarmUp, _ => OneAsync(lengths[0]));
        var figures = await Sequences.MeasureAsync(lengths, OneAsync);
        return ResultLine.Of(ResultLine.Embedded, Workload.Sequence, folder, [("steps", string.Join(' ', lengths))], figures);

        async Task<double> OneAsync(int steps)
        {
            var start = Stopwatch.GetTimestamp();
            await run.CompleteAsync(BenchmarkFunctions.Steps, steps, settings.Id("w4", taken++));
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
    }
}
