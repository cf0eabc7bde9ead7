using AutoFlow.Benchmarks.Durable.Measuring;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>One instance of a workload that hands its rows to the writer, and goes on when they are durable.</summary>
/// <param name="writer">The writer of all callers.</param>
internal sealed class BareCaller(BareWriter writer)
{
    private BareInstance _instance;

    /// <summary>So many steps, a commit each, and one for the start.</summary>
    public async Task StepsAsync(int steps)
    {
        for (var turn = 0; turn <= steps; turn++)
        {
            var (asks, last) = (turn < steps, turn == steps);
            await writer.CommitAsync(database => database.Turn(ref _instance, asks, last));
        }
    }

    /// <summary>100 calls in one turn, and 100 results that come one by one.</summary>
    public async Task FanOutAsync()
    {
        await writer.CommitAsync(database => database.FanOut(ref _instance, Workload.Fan));
        var results = new Task[Workload.Fan];
        for (var i = 0; i < results.Length; i++)
        {
            var last = i == results.Length - 1;
            results[i] = writer.CommitAsync(database => database.FanIn(ref _instance, 1, last));
        }

        await Task.WhenAll(results);
    }

    /// <summary>A new instance that waits.</summary>
    public Task BeginAsync()
    {
        _instance = default;
        return writer.CommitAsync(database => database.Turn(ref _instance, asks: false, last: false));
    }

    /// <summary>Its event, and its end.</summary>
    public async Task RaiseAsync()
    {
        await writer.CommitAsync(database => database.Send(ref _instance));
        await writer.CommitAsync(database => database.Turn(ref _instance, asks: false, last: true));
    }
}
