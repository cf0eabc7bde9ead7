using System.Diagnostics.CodeAnalysis;
using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>Replayed code decided otherwise than its history says.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the engine throws it.")]
public sealed class NonDeterministicOrchestrationException : Exception
{
    internal NonDeterministicOrchestrationException(string orchestrator, string instanceId, int turn, int step, HistoryEvent? expected, HistoryEvent? found)
        : base($"The orchestrator '{orchestrator}' did not replay as recorded. Instance '{instanceId}', turn {turn}, step {step}: "
            + $"expected {Describe(expected)}, found {Describe(found)}. "
            + "Its code has changed since the instance started, or it depends on something that is not in its history.")
    {
    }

    /// <summary>Compares what makes a decision the same one: kind, number and name, not payloads or times.</summary>
    internal static bool Same(HistoryEvent expected, HistoryEvent found) => (expected, found) switch
    {
        (TaskScheduled a, TaskScheduled b) => a.TaskId == b.TaskId && SameName(a.Name, b.Name),
        (TimerCreated a, TimerCreated b) => a.TaskId == b.TaskId,
        (TimerCancelled a, TimerCancelled b) => a.TaskId == b.TaskId,
        (ChildScheduled a, ChildScheduled b) => a.TaskId == b.TaskId && SameName(a.Name, b.Name) && a.InstanceId == b.InstanceId,
        (EventSent a, EventSent b) => a.InstanceId == b.InstanceId && SameName(a.Name, b.Name),
        _ => expected.GetType() == found.GetType(),
    };

    private static bool SameName(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static string Describe(HistoryEvent? decision) => decision switch
    {
        null => "nothing more in this turn",
        TaskScheduled task => $"activity '{task.Name}' (#{task.TaskId})",
        TimerCreated timer => $"a timer (#{timer.TaskId})",
        TimerCancelled timer => $"the timer's cancellation (#{timer.TaskId})",
        ChildScheduled child => $"child orchestration '{child.Name}' with id '{child.InstanceId}' (#{child.TaskId})",
        EventSent sent => $"event '{sent.Name}' to instance '{sent.InstanceId}'",
        ContinuedAsNew => "the orchestrator starting over",
        ExecutionCompleted => "the orchestrator's return",
        ExecutionFailed => "the orchestrator's failure",
        _ => decision.GetType().Name,
    };
}
