using AutoFlow.Functions.Tests.Fakes;

namespace AutoFlow.Functions.Tests.Messages;

/// <summary>Runs several pieces of work step by step in every order that their operations can have.</summary>
internal static class Interleavings
{
    /// <param name="begin">Builds a fresh world: its gate, the works, and what must hold afterwards (given the order, for the message).</param>
    /// <param name="matters">Operations that can cross; the others happen at once. Null for all.</param>
    /// <returns>How many orders there were.</returns>
    public static async Task<int> ForAllAsync(
        Func<Task<(Gate Gate, Func<Task>[] Works, Func<Task> Check)>> begin, Func<string, bool>? matters = null)
    {
        var orders = 0;
        int[]? choices = [];
        while (choices is not null)
        {
            var (gate, works, check) = await begin();
            var (taken, widths) = await RunAsync(gate, works, choices, matters ?? (_ => true));
            try
            {
                await check();
            }
            catch (Exception exception)
            {
                throw new InvalidOperationException($"In the order {string.Join(", ", gate.Passed)}: {exception.Message}", exception);
            }

            orders++;
            choices = Next(taken, widths);
        }

        return orders;
    }

    private static async Task<(List<int> Taken, List<int> Widths)> RunAsync(Gate gate, Func<Task>[] works, int[] choices, Func<string, bool> matters)
    {
        var waiting = new List<TaskCompletionSource>();
        gate.Before = operation =>
        {
            if (!matters(operation)) return Task.CompletedTask;
            var turn = new TaskCompletionSource();
            waiting.Add(turn);
            return turn.Task;
        };
        // Without a context every continuation runs at once where its turn is given: one operation at a time, on this thread.
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        var (taken, widths) = (new List<int>(), new List<int>());
        Task[] running;
        try
        {
            running = [.. works.Select(work => work())];
            while (waiting.Count > 0)
            {
                var choice = taken.Count < choices.Length ? choices[taken.Count] : 0;
                taken.Add(choice);
                widths.Add(waiting.Count);
                var turn = waiting[choice];
                waiting.RemoveAt(choice);
                turn.SetResult();
            }
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }

        gate.Live();
        await Task.WhenAll(running);
        return (taken, widths);
    }

    private static int[]? Next(List<int> taken, List<int> widths)
    {
        for (var at = taken.Count - 1; at >= 0; at--)
        {
            if (taken[at] + 1 < widths[at]) return [.. taken.Take(at), taken[at] + 1];
        }

        return null;
    }
}
