using System.Diagnostics;
using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>W4: a row and a commit for each step.</summary>
internal static class BoundSequence
{
    public static async Task<ResultLine> RunAsync(WorkloadSettings settings)
    {
        var lengths = Sequences.Scaled(settings);
        using var folder = new DataFolder(settings.Data);
        using var database = new BareDatabase(folder.Database);
        BoundWorkloads.WarmUp(settings, () => One(database, lengths[0]));
        var figures = await Sequences.MeasureAsync(lengths, steps => Task.FromResult(One(database, steps)));
        return ResultLine.Of(ResultLine.Bound, Workload.Sequence, folder, [("steps", string.Join(' ', lengths))], figures);
    }

    private static double One(BareDatabase database, int steps)
    {
        var start = Stopwatch.GetTimestamp();
        var instance = 0L;
        for (var step = 0; step < steps; step++)
        {
            database.Begin();
            if (step == 0)
                instance = database.AddInstance();
            database.AddStep(instance);
            if (step == steps - 1)
                database.Finish(instance);
            database.Commit();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
