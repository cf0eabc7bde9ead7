using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// Failures as they cross from activities and children on Azure: texts. The host there parses the worker's message, and where
/// it finds no type in it says "(unknown)" (OutOfProcMiddleware.GetFailureDetails); causes are gone.
/// </summary>
internal static class FailureText
{
    private const string UnknownType = "(unknown)";

    /// <summary>What an activity's caller gets.</summary>
    public static HistoryEvent Crossed(HistoryEvent result) => result is TaskFailed failed ? failed with { Failure = Crossed(failed.Failure) } : result;

    /// <summary>A turn whose failure the caller of the instance gets.</summary>
    public static TurnOutcome Crossed(TurnOutcome outcome) => outcome.Turn.Decided is [.., ExecutionFailed failed]
        ? outcome with { Turn = outcome.Turn with { Decided = [.. outcome.Turn.Decided.SkipLast(1), failed with { Failure = Crossed(failed.Failure) }] } }
        : outcome;

    private static TaskFailureDetails Crossed(TaskFailureDetails failure) => failure.ErrorType == UnknownType
        ? failure
        : new TaskFailureDetails(UnknownType, failure.ToString(), failure.StackTrace, null);
}
