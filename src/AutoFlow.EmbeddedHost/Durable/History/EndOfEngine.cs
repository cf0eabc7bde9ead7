using AutoFlow.EmbeddedHost.Durable.Execution;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Turns in which the engine ended an instance by itself. The code had no part in them, so that no replay finds them.</summary>
internal static class EndOfEngine
{
    /// <summary>
    /// Whether a turn is one: somebody terminated the instance, its history was too long, its turn could not be written, its turns had taken the
    /// process with them too often, or the code of that time no longer followed the history.
    /// </summary>
    public static bool Is(TurnRecord turn) => turn.Received.Any(received => received is ExecutionTerminated)
        || turn.Decided is [ExecutionFailed { Failure.ErrorType: var type }]
            && (type is DurableLimits.HistoryTooLong or DurableLimits.TurnNotStorable or SetAside.Orchestration || type == typeof(NonDeterministicOrchestrationException).FullName);
}
