using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>What an instance has to go on with.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="History">The turns of its present generation.</param>
/// <param name="Arrived">What has come since, in order.</param>
internal sealed record TurnInput(string InstanceId, IReadOnlyList<TurnRecord> History, IReadOnlyList<HistoryEvent> Arrived);

/// <summary>What a turn came to.</summary>
/// <param name="Turn">The turn, to be added to the history.</param>
/// <param name="Status">Where the instance stands now.</param>
/// <param name="CustomStatus">The custom status as JSON, and whether the code has set it.</param>
internal sealed record TurnOutcome(TurnRecord Turn, OrchestrationRuntimeStatus Status, (bool IsSet, string? Json) CustomStatus);

/// <summary>A turn as a function: history and what has arrived in, decisions out. No I/O, no clock.</summary>
internal static class OrchestrationTurn
{
    /// <summary>Takes one turn from a history.</summary>
    /// <param name="input">The instance.</param>
    /// <param name="orchestrator">Its code.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="loggers">For the orchestrator's replay-safe loggers.</param>
    /// <returns>Null where there is nothing to do yet: the instance starts later.</returns>
    public static TurnOutcome? Take(
        TurnInput input, Func<TaskOrchestrationContext, Task<object?>>? orchestrator, DateTime now, ILoggerFactory loggers)
    {
        var number = input.History.Count;
        var at = Later(now, number == 0 ? DateTime.MinValue : input.History[^1].At);
        if (Terminated(number, at, input.Arrived) is { } terminated)
            return terminated;
        if (orchestrator is null || (number == 0 && First<ExecutionStarted>(input.Arrived) is null))
            return null;
        return Advance(Rebuild(input.InstanceId, orchestrator, input.History, loggers), number, at, input.Arrived);
    }

    /// <summary>The code in memory, as far as a history goes. A history that it does not follow makes its next turn fail.</summary>
    public static OrchestrationExecution Rebuild(
        string instanceId, Func<TaskOrchestrationContext, Task<object?>> orchestrator, IReadOnlyList<TurnRecord> history, ILoggerFactory loggers)
    {
        var execution = new OrchestrationExecution(instanceId, orchestrator, loggers);
        try
        {
            foreach (var turn in history)
                execution.Replay(turn);
        }
        catch (NonDeterministicOrchestrationException exception)
        {
            execution.Strayed = exception;
        }

        return execution;
    }

    /// <summary>Takes the next turn of what is in memory.</summary>
    public static TurnOutcome Advance(OrchestrationExecution execution, int number, DateTime at, IReadOnlyList<HistoryEvent> arrived)
    {
        var decided = execution.Strayed is { } strayed
            ? [new ExecutionFailed(BoundedFailure.Of(strayed))]
            : execution.Advance(at, arrived);
        return new TurnOutcome(new TurnRecord(number, at, arrived, decided), StatusAfter(decided, execution), execution.CustomStatus);
    }

    /// <summary>The turn that ends the instance because a client says so; null where none does.</summary>
    public static TurnOutcome? Terminated(int number, DateTime at, IReadOnlyList<HistoryEvent> arrived)
        => First<ExecutionTerminated>(arrived) is { } terminated
            ? new TurnOutcome(new TurnRecord(number, at, [terminated], []), OrchestrationRuntimeStatus.Terminated, default)
            : null;

    /// <summary>The first event of a kind; null where there is none. By index: each turn asks a few times.</summary>
    public static T? First<T>(IReadOnlyList<HistoryEvent> events)
        where T : HistoryEvent
    {
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is T found)
                return found;
        }

        return null;
    }

    /// <summary>The orchestration's time never goes back, whatever the machine's does.</summary>
    public static DateTime Later(DateTime now, DateTime last) => now > last ? now : last;

    private static OrchestrationRuntimeStatus StatusAfter(IReadOnlyList<HistoryEvent> decided, OrchestrationExecution execution)
        => decided.Count == 0 ? Live(execution) : decided[^1] switch
        {
            ExecutionCompleted => OrchestrationRuntimeStatus.Completed,
            ExecutionFailed => OrchestrationRuntimeStatus.Failed,
            _ => Live(execution),
        };

    private static OrchestrationRuntimeStatus Live(OrchestrationExecution execution)
        => execution.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running;
}
