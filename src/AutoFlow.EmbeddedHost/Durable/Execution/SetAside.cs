using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>The failures of what took the process with it again and again.</summary>
internal static class SetAside
{
    /// <summary>The error type of an activity.</summary>
    public const string Activity = "PoisonActivity";

    /// <summary>The error type of an orchestrator's turn.</summary>
    public const string Orchestration = "PoisonOrchestration";

    /// <summary>Whether a failure, or what caused it, is one of them.</summary>
    public static bool Is(TaskFailureDetails? failure) => failure is not null && (failure.ErrorType is Activity or Orchestration || Is(failure.InnerFailure));
}
