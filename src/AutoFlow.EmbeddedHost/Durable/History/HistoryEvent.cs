using System.Text.Json.Serialization;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>Something that came to an orchestration, or that it decided. Payloads are JSON texts; times are UTC.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(ExecutionStarted), "executionStarted")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(TaskFailed), "taskFailed")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(EventRaised), "eventRaised")]
[JsonDerivedType(typeof(ExecutionSuspended), "executionSuspended")]
[JsonDerivedType(typeof(ExecutionResumed), "executionResumed")]
[JsonDerivedType(typeof(ExecutionTerminated), "executionTerminated")]
[JsonDerivedType(typeof(ExecutionRewound), "executionRewound")]
[JsonDerivedType(typeof(TaskScheduled), "taskScheduled")]
[JsonDerivedType(typeof(TimerCreated), "timerCreated")]
[JsonDerivedType(typeof(TimerCancelled), "timerCancelled")]
[JsonDerivedType(typeof(ChildScheduled), "childScheduled")]
[JsonDerivedType(typeof(EventSent), "eventSent")]
[JsonDerivedType(typeof(ContinuedAsNew), "continuedAsNew")]
[JsonDerivedType(typeof(ExecutionCompleted), "executionCompleted")]
[JsonDerivedType(typeof(ExecutionFailed), "executionFailed")]
internal abstract record HistoryEvent
{
    /// <summary>The number of the task that this asks for; null for what asks for none.</summary>
    [JsonIgnore]
    public int? Asks => this switch
    {
        TaskScheduled task => task.TaskId,
        ChildScheduled child => child.TaskId,
        TimerCreated timer => timer.TaskId,
        _ => null,
    };

    /// <summary>The number of the task that this answers; null for what answers none.</summary>
    [JsonIgnore]
    public int? Answers => this switch
    {
        TaskCompleted completed => completed.TaskId,
        TaskFailed failed => failed.TaskId,
        TimerFired fired => fired.TaskId,
        _ => null,
    };
}

/// <summary>The first event of a generation.</summary>
/// <param name="Trace">The trace that it belongs to; null when nothing was traced.</param>
internal sealed record ExecutionStarted(
    string Name, string? Version, string? Input, int Generation, ParentLink? Parent, InstanceTrace? Trace = null) : HistoryEvent;

/// <summary>Who called a child.</summary>
internal sealed record ParentLink(string Name, string InstanceId);

/// <summary>An activity or a child returned.</summary>
internal sealed record TaskCompleted(int TaskId, string? Result) : HistoryEvent;

/// <summary>An activity or a child failed.</summary>
internal sealed record TaskFailed(int TaskId, TaskFailureDetails Failure) : HistoryEvent;

internal sealed record TimerFired(int TaskId) : HistoryEvent;

internal sealed record EventRaised(string Name, string? Payload) : HistoryEvent;

internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

internal sealed record ExecutionTerminated(string? Output, bool Recursive) : HistoryEvent;

/// <summary>It was taken back to before its failure. Orchestrator code sees nothing of it.</summary>
internal sealed record ExecutionRewound(string? Reason) : HistoryEvent;

internal sealed record TaskScheduled(int TaskId, string Name, string? Input) : HistoryEvent;

internal sealed record TimerCreated(int TaskId, DateTime FireAt) : HistoryEvent;

internal sealed record TimerCancelled(int TaskId) : HistoryEvent;

internal sealed record ChildScheduled(
    int TaskId, string Name, string? Version, string InstanceId, string? Input, IReadOnlyDictionary<string, string>? Tags) : HistoryEvent;

internal sealed record EventSent(string InstanceId, string Name, string? Payload) : HistoryEvent;

/// <summary>The orchestrator starts over; the events that nobody waited for go with it.</summary>
internal sealed record ContinuedAsNew(string? Input, string? Version, IReadOnlyList<EventRaised> Carried) : HistoryEvent;

internal sealed record ExecutionCompleted(string? Output) : HistoryEvent;

internal sealed record ExecutionFailed(TaskFailureDetails Failure) : HistoryEvent;
