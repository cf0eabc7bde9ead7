using AutoFlow.EmbeddedHost.Durable.Execution;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Tries out what the code of a failed instance would have decided without some of its failures.</summary>
internal sealed class RewindTrial(
    string instanceId, IReadOnlyList<TurnRecord> history, Func<TaskOrchestrationContext, Task<object?>> orchestrator, ILoggerFactory loggers)
{
    /// <summary>How many events are replayed at the most to tell failures that stay from those that do not: some seconds on a worker of turns.</summary>
    private const int MostReplayed = 5 * DurableLimits.MaxHistoryEvents;

    /// <summary>The calls for whose failure the code decided something at once.</summary>
    private readonly HashSet<int> _actedOn = [];

    private readonly int _events = history.Sum(turn => turn.Received.Count + turn.Decided.Count);
    private int _left = MostReplayed;

    /// <summary>The calls whose failure ended the instance; none where its own code did, or where the code no longer fails there.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code decides otherwise than recorded, already before the last turn.</exception>
    public IReadOnlySet<int> Causes()
    {
        Exception? thrown = null;
        var execution = new OrchestrationExecution(instanceId, Watched, loggers)
        {
            Acts = received => _actedOn.UnionWith(received is TaskFailed failed ? [failed.TaskId] : []),
        };
        foreach (var turn in history.SkipLast(1))
            execution.Replay(turn);
        try
        {
            execution.Replay(history[^1]);
        }
        catch (NonDeterministicOrchestrationException)
        {
            // The code has been mended. Whether it still fails here is what counts.
        }

        if (thrown is null)
            return new HashSet<int>();
        var failed = Failures(history).ToHashSet();
        var causes = Failed(thrown).Where(failed.Contains).ToHashSet();

        // The code can have thrown something of its own in place of what it caught.
        return causes.Count > 0 ? causes : Failures([history[^1]]).ToHashSet();

        async Task<object?> Watched(TaskOrchestrationContext context)
        {
            try
            {
                return await orchestrator(context);
            }
            catch (Exception exception)
            {
                thrown = exception;
                throw;
            }
        }
    }

    /// <summary>Takes the earlier attempts of failed calls out too, unless work of others would be lost by that.</summary>
    /// <returns>The failures to take out, and how many turns stay.</returns>
    public (IReadOnlySet<int> Dropped, int Kept) WithAttempts(IReadOnlySet<int> causes)
    {
        var attempts = HistoryAttempts.Of(history);
        var before = causes.SelectMany(attempts.Before).ToList();
        var all = causes.Concat(before.Select(attempt => attempt.Failed)).ToHashSet();
        if (all.Count > causes.Count)
        {
            var kept = Kept(all);
            var own = all.Concat(before.Select(attempt => attempt.Timer).OfType<int>()).ToHashSet();
            if (history.Skip(kept).SelectMany(turn => turn.Decided).All(decided => IsOwn(decided, own)))
                return (all, kept);
        }

        return (causes, Kept(causes));
    }

    /// <summary>
    /// Takes out the failures beside the causes that no decision in a turn that stays followed from. Where the code did not decide something at
    /// once that is tried, with all of them and then with halves; what there is no time for stays, as what the code has dealt with.
    /// </summary>
    /// <inheritdoc cref="WithAttempts"/>
    public (IReadOnlySet<int> Dropped, int Kept) WithSiblings(IReadOnlySet<int> dropped, int kept)
    {
        // What came later is answered anew in any case.
        var chosen = dropped.Concat(Failures(history.Skip(kept))).ToHashSet();
        var blocks = new Stack<int[]>();
        blocks.Push([.. Failures(history.Take(kept)).Where(id => !chosen.Contains(id) && !_actedOn.Contains(id))]);
        for (var isFirst = true; blocks.TryPop(out var block); isFirst = false)
        {
            if (block.Length == 0)
                continue;
            if (!isFirst && (_left -= _events) < 0)
            {
                Tell(block.Length + blocks.Sum(other => other.Length));
                break;
            }

            if (Kept(chosen.Concat(block).ToHashSet()) >= kept)
            {
                chosen.UnionWith(block);
            }
            else if (block.Length > 1)
            {
                blocks.Push(block[(block.Length / 2)..]);
                blocks.Push(block[..(block.Length / 2)]);
            }
        }

        return (chosen, kept);
    }

    /// <summary>A turn as it is without some failures, and without the end.</summary>
    public static TurnRecord Without(TurnRecord turn, IReadOnlySet<int> dropped) => turn with
    {
        Received = [.. turn.Received.Where(received => !(received is TaskFailed failed && dropped.Contains(failed.TaskId)))],
        Decided = [.. turn.Decided.Where(decided => decided is not ExecutionFailed)],
    };

    /// <summary>How many turns the code decides alike without some failures, and without the end.</summary>
    private int Kept(IReadOnlySet<int> dropped)
    {
        var execution = new OrchestrationExecution(instanceId, orchestrator, loggers);
        for (var number = 0; number < history.Count; number++)
        {
            try
            {
                execution.Replay(Without(history[number], dropped));
            }
            catch (NonDeterministicOrchestrationException)
            {
                return number;
            }
        }

        return history.Count;
    }

    private void Tell(int untried) => loggers.CreateLogger<DurableEngine>().LogWarning(
        "Instance '{InstanceId}' is rewound with {Failures} failures as they are: its history is too long to try without each of them", instanceId, untried);

    private static bool IsOwn(HistoryEvent decided, HashSet<int> own) => decided switch
    {
        ExecutionFailed => true,
        TaskScheduled task => own.Contains(task.TaskId),
        ChildScheduled child => own.Contains(child.TaskId),
        TimerCreated timer => own.Contains(timer.TaskId),
        _ => false,
    };

    private static IEnumerable<int> Failures(IEnumerable<TurnRecord> turns)
        => turns.SelectMany(turn => turn.Received).OfType<TaskFailed>().Select(failed => failed.TaskId);

    private static IEnumerable<int> Failed(Exception exception) => exception switch
    {
        TaskFailedException failed => [failed.TaskId],
        AggregateException several => several.InnerExceptions.SelectMany(Failed),
        { InnerException: { } inner } => Failed(inner),
        _ => [],
    };
}
