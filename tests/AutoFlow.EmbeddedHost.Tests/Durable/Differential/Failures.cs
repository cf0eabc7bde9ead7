using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Differential;

/// <summary>Failures by what began them, as both sides name them.</summary>
internal static class Failures
{
    public const string Terminated = "terminated";
    public const string Exists = "exists already";

    public static string Root(Exception exception) => exception is TaskFailedException failed ? Root(failed.FailureDetails) : exception.Message;

    public static string Root(TaskFailureDetails failure)
    {
        while (failure.InnerFailure is { } inner)
            failure = inner;
        return failure.ErrorType == "TerminatedOrchestration" ? Terminated
            : failure.ErrorType.EndsWith("OrchestrationAlreadyExistsException", StringComparison.Ordinal) ? Exists
            : failure.ErrorMessage;
    }
}
