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
    /// <summary>Takes one turn.</summary>
    /// <param name="input">The instance.</param>
    /// <param name="orchestrator">Its code.</param>
    /// <param name="now">The time, UTC.</param>
    /// <param name="loggers">For the orchestrator's replay-safe loggers.</param>
    /// <returns>Null where there is nothing to do yet: the instance starts later.</returns>
    public static TurnOutcome? Take(
        TurnInput input, Func<TaskOrchestrationContext, Task<object?>>? orchestrator, DateTime now, ILoggerFactory loggers)
    {
        var number = input.History.Count;
        var last = number == 0 ? DateTime.MinValue : input.History[^1].At;

        // The orchestration's time never goes back, whatever the machine's does.
        var at = now > last ? now : last;
        if (input.Arrived.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
            return new TurnOutcome(new TurnRecord(number, at, [terminated], []), OrchestrationRuntimeStatus.Terminated, default);
        if (orchestrator is null || (number == 0 && !input.Arrived.OfType<ExecutionStarted>().Any()))
            return null;

        var execution = new OrchestrationExecution(input.InstanceId, orchestrator, loggers);
        IReadOnlyList<HistoryEvent> decided;
        try
        {
            foreach (var turn in input.History)
                execution.Replay(turn);
            decided = execution.Advance(at, input.Arrived);
        }
        catch (NonDeterministicOrchestrationException exception)
        {
            decided = [new ExecutionFailed(TaskFailureDetails.FromException(exception))];
        }

        return new TurnOutcome(new TurnRecord(number, at, input.Arrived, decided), StatusAfter(decided, execution), execution.CustomStatus);
    }

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
