using System.Globalization;
using Microsoft.DurableTask;
using Core = DurableTask.Core;
using Shared = DurableTask.Core.History;

namespace AutoFlow.EmbeddedHost.Durable.History;

/// <summary>
/// A history as Microsoft's client gives it: each turn between the events of its begin and its end, all with the turn's time.
/// What their engine does not record is a generic event, which replays pass over.
/// </summary>
internal static class SharedHistory
{
    /// <summary>What the generic event of a cancelled timer says; its number is the timer's.</summary>
    public const string TimerCancelled = "TimerCancelled";

    /// <summary>What came in has no number of its own.</summary>
    private const int None = -1;

    /// <summary>The events of some turns, oldest first. Of what was asked for only that is kept which has no answer yet.</summary>
    /// <param name="instanceId">The instance that they are of.</param>
    /// <param name="turns">The turns of one generation, from its first.</param>
    public static IEnumerable<Shared.HistoryEvent> Of(string instanceId, IEnumerable<TurnRecord> turns)
    {
        var children = new HashSet<int>();
        var timers = new Dictionary<int, DateTime>();
        foreach (var turn in turns)
        {
            yield return At(turn, new Shared.OrchestratorStartedEvent(None));
            foreach (var received in turn.Received)
                yield return At(turn, Received(instanceId, received, children, timers));
            foreach (var decided in turn.Decided)
            {
                if (decided is ChildScheduled child)
                    children.Add(child.TaskId);
                else if (decided is TimerCreated timer)
                    timers[timer.TaskId] = timer.FireAt;
                else if (decided is TimerCancelled cancelled)
                    timers.Remove(cancelled.TaskId);
                yield return At(turn, Decided(decided));
            }

            yield return At(turn, new Shared.OrchestratorCompletedEvent(None));
        }
    }

    private static Shared.HistoryEvent At(TurnRecord turn, Shared.HistoryEvent one)
    {
        one.Timestamp = turn.At;
        return one;
    }

    private static Shared.HistoryEvent Received(
        string instanceId, HistoryEvent received, HashSet<int> children, Dictionary<int, DateTime> timers) => received switch
        {
            ExecutionStarted started => Started(instanceId, started),
            TaskCompleted done when children.Remove(done.TaskId) => new Shared.SubOrchestrationInstanceCompletedEvent(None, done.TaskId, done.Result),
            TaskCompleted done => new Shared.TaskCompletedEvent(None, done.TaskId, done.Result),
            TaskFailed failed when children.Remove(failed.TaskId) => new Shared.SubOrchestrationInstanceFailedEvent(
                None, failed.TaskId, failed.Failure.ErrorMessage, details: null, Failure(failed.Failure)),
            TaskFailed failed => new Shared.TaskFailedEvent(None, failed.TaskId, failed.Failure.ErrorMessage, details: null, Failure(failed.Failure)),
            TimerFired fired => new Shared.TimerFiredEvent(None, timers.Remove(fired.TaskId, out var fireAt) ? fireAt : default) { TimerId = fired.TaskId },
            EventRaised raised => new Shared.EventRaisedEvent(None, raised.Payload) { Name = raised.Name },
            ExecutionSuspended suspended => new Shared.ExecutionSuspendedEvent(None, suspended.Reason),
            ExecutionResumed resumed => new Shared.ExecutionResumedEvent(None, resumed.Reason),
            ExecutionTerminated terminated => new Shared.ExecutionTerminatedEvent(None, terminated.Output),
            ExecutionRewound rewound => new Shared.ExecutionRewoundEvent(None, rewound.Reason),
            _ => new Shared.GenericEvent(None, received.GetType().Name),
        };

    private static Shared.HistoryEvent Decided(HistoryEvent decided) => decided switch
    {
        TaskScheduled task => new Shared.TaskScheduledEvent(task.TaskId, task.Name, version: null, task.Input),
        TimerCreated timer => new Shared.TimerCreatedEvent(timer.TaskId, timer.FireAt),
        TimerCancelled timer => new Shared.GenericEvent(timer.TaskId, TimerCancelled),
        ChildScheduled child => new Shared.SubOrchestrationInstanceCreatedEvent(child.TaskId)
        {
            Name = child.Name,
            Version = child.Version,
            InstanceId = child.InstanceId,
            Input = child.Input,
        },
        EventSent sent => new Shared.EventSentEvent(None) { InstanceId = sent.InstanceId, Name = sent.Name, Input = sent.Payload },
        ContinuedAsNew over => new Shared.ContinueAsNewEvent(None, over.Input),
        ExecutionCompleted completed => new Shared.ExecutionCompletedEvent(None, completed.Output, Core.OrchestrationStatus.Completed, failureDetails: null),
        ExecutionFailed failed => new Shared.ExecutionCompletedEvent(None, null, Core.OrchestrationStatus.Failed, Failure(failed.Failure)),
        _ => new Shared.GenericEvent(None, decided.GetType().Name),
    };

    private static Shared.ExecutionStartedEvent Started(string instanceId, ExecutionStarted started) => new(None, started.Input)
    {
        OrchestrationInstance = new Core.OrchestrationInstance
        {
            InstanceId = instanceId,
            ExecutionId = started.Generation.ToString(CultureInfo.InvariantCulture),
        },
        Name = started.Name,
        Version = started.Version,
        Generation = started.Generation,
        ParentInstance = started.Parent is not { } parent
            ? null
            : new Core.ParentInstance { Name = parent.Name, OrchestrationInstance = new Core.OrchestrationInstance { InstanceId = parent.InstanceId } },
    };

    private static Core.FailureDetails Failure(TaskFailureDetails failure) => new(
        failure.ErrorType,
        failure.ErrorMessage,
        failure.StackTrace,
        failure.InnerFailure is { } inner ? Failure(inner) : null,
        isNonRetriable: false);
}
