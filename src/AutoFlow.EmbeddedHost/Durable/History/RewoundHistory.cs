using AutoFlow.EmbeddedHost.Durable.Execution;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>A failed instance's history, taken back to before what made it fail.</summary>
/// <param name="Turns">The turns that stay. The code decides the same when it replays them.</param>
/// <param name="Arrived">What has come and is taken in anew, in order: it belonged to turns that do not stay.</param>
/// <param name="Pending">What <paramref name="Turns"/> asked for and has no answer: activities, children and timers, to be brought about again.</param>
/// <param name="Forgotten">What turns asked for that do not stay. No answer to it may come any more: its numbers are used again.</param>
internal sealed record RewoundHistory(
    IReadOnlyList<TurnRecord> Turns, IReadOnlyList<HistoryEvent> Arrived, IReadOnlyList<HistoryEvent> Pending, IReadOnlyList<HistoryEvent> Forgotten)
{
    /// <summary>
    /// Takes a history back. The failures that ended the instance are taken out, and those beside them that no decision followed from, such as
    /// of a fan-out; a failure that the code dealt with before stays. Then as many turns stay as the code decides alike without them, so that
    /// no branch beside the failed one does its work again. The attempts of a retry are given back where nothing but them is lost by it;
    /// otherwise the last one is.
    /// </summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="history">All turns of its present generation; its last decision is the failure.</param>
    /// <param name="orchestrator">The instance's code, as it is now.</param>
    /// <param name="loggers">For the orchestrator's loggers; they write nothing during a replay.</param>
    /// <exception cref="InvalidOperationException">The history does not end with a failure.</exception>
    /// <exception cref="NonDeterministicOrchestrationException">The code decides otherwise than recorded, already before the failure.</exception>
    public static RewoundHistory Of(
        string instanceId, IReadOnlyList<TurnRecord> history, Func<TaskOrchestrationContext, Task<object?>> orchestrator, ILoggerFactory loggers)
    {
        if (history is not [.., { Decided: [.., ExecutionFailed] }])
            throw new InvalidOperationException($"The history of '{instanceId}' does not end with a failure.");
        var trial = new RewindTrial(instanceId, history, orchestrator, loggers);
        var causes = trial.Causes();
        var (dropped, kept) = trial.WithAttempts(causes);
        (dropped, kept) = trial.WithSiblings(dropped, kept);
        return Cut(history, dropped, kept);
    }

    private static RewoundHistory Cut(IReadOnlyList<TurnRecord> history, IReadOnlySet<int> dropped, int kept)
    {
        List<TurnRecord> turns = [.. history.Take(kept).Select(turn => RewindTrial.Without(turn, dropped))];
        var asked = turns.SelectMany(turn => turn.Decided).Where(decided => decided.Asks is not null).ToList();
        var numbers = asked.Select(decided => decided.Asks!.Value).ToHashSet();
        List<HistoryEvent> arrived =
        [
            .. history.Skip(kept).SelectMany(turn => turn.Received)
                .Where(received => received is not ExecutionRewound && !(received is TaskFailed failed && dropped.Contains(failed.TaskId)))
                .Where(received => received.Answers is not { } number || numbers.Contains(number)),
        ];
        var answered = turns.SelectMany(turn => turn.Received).Concat(arrived).Select(received => received.Answers).OfType<int>()
            .Concat(turns.SelectMany(turn => turn.Decided).OfType<TimerCancelled>().Select(timer => timer.TaskId))
            .ToHashSet();
        return new RewoundHistory(
            turns,
            arrived,
            [.. asked.Where(decided => !answered.Contains(decided.Asks!.Value))],
            [.. history.Skip(kept).SelectMany(turn => turn.Decided).Where(decided => decided.Asks is not null)]);
    }
}
