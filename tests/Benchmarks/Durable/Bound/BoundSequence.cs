using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W4: a turn and a commit for each step.</summary>
internal static class BoundSequence
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var lengths = Sequences.Scaled(settings);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database, turns: settings.Bound == BoundKind.Turns);
        BoundWorkloads.WarmUp(settings, () => One(database, lengths[0]));
        var figures = await Sequences.MeasureAsync(lengths, steps => Task.FromResult(One(database, steps)));
        return ResultLine.Of(BoundWorkloads.Engine(settings), Workload.Sequence, folder, [("steps", string.Join(' ', lengths))], figures);
    }

    private static double One(BareDatabase database, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        Span<BareInstance> instance = [default];
        for (var step = 0; step <= steps; step++)
            BoundWorkloads.TakeTurn(database, instance, asks: step < steps, last: step == steps);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
