using System.Text.Json;
using DurableTask.Core.History;

namespace AutoFlow.Functions.Instances;

/// <summary>Tells a history as people and tools read it: answers have the name and the attempt of what they answer.</summary>
internal sealed class HistoryReader
{
    private readonly TaskAttempts _attempts = new();
    private readonly Dictionary<int, string?> _names = [];

    /// <summary>The rows of a history.</summary>
    /// <param name="history">As the durable client gives it, oldest first.</param>
    public static IReadOnlyList<HistoryRow> Read(IEnumerable<HistoryEvent> history)
    {
        var reader = new HistoryReader();
        return [.. history.Select((one, number) => reader.Row(one, new HistoryRow(
            number, DateTime.SpecifyKind(one.Timestamp, DateTimeKind.Utc), JsonNamingPolicy.CamelCase.ConvertName(one.EventType.ToString()))))];
    }

    private HistoryRow Row(HistoryEvent one, HistoryRow row)
    {
        switch (one)
        {
            case OrchestratorStartedEvent:
                _attempts.Turn();
                return row;
            case TaskScheduledEvent task:
                return Called(row, task.EventId, task.Name, $"activity {task.Name} {task.Input}") with { Version = Some(task.Version), Input = Payload.Of(task.Input) };
            case SubOrchestrationInstanceCreatedEvent child:
                return Called(row, child.EventId, child.Name, $"child {child.Name} {child.InstanceId}") with
                {
                    Version = Some(child.Version),
                    Input = Payload.Of(child.Input),
                    Instance = child.InstanceId,
                };
            case TaskCompletedEvent done:
                return Answered(row, done.TaskScheduledId) with { Output = Payload.Of(done.Result) };
            case SubOrchestrationInstanceCompletedEvent done:
                return Answered(row, done.TaskScheduledId) with { Output = Payload.Of(done.Result) };
            case TaskFailedEvent failed:
                _attempts.Failed(failed.TaskScheduledId);
                return Answered(row, failed.TaskScheduledId) with { Failure = FailureView.Of(failed.FailureDetails, failed.Reason) };
            case SubOrchestrationInstanceFailedEvent failed:
                _attempts.Failed(failed.TaskScheduledId);
                return Answered(row, failed.TaskScheduledId) with { Failure = FailureView.Of(failed.FailureDetails, failed.Reason) };
            case TimerCreatedEvent timer:
                _attempts.TimerCreated(timer.EventId);
                return row with { Task = timer.EventId, FireAt = Utc(timer.FireAt) };
            case TimerFiredEvent timer:
                _attempts.TimerFired(timer.TimerId);
                return row with { Task = timer.TimerId, FireAt = Utc(timer.FireAt) };
            default:
                return Own(one, row);
        }
    }

    /// <summary>What is about the instance itself, and events.</summary>
    private static HistoryRow Own(HistoryEvent one, HistoryRow row) => one switch
    {
        ExecutionStartedEvent started => row with
        {
            Name = started.Name,
            Version = Some(started.Version),
            Input = Payload.Of(started.Input),
            Generation = started.Generation,
            Caller = started.ParentInstance?.Name,
            Instance = started.ParentInstance?.OrchestrationInstance?.InstanceId,
        },
        ExecutionCompletedEvent ended => row with
        {
            Status = ended.OrchestrationStatus.ToString(),
            Output = Payload.Of(ended.Result),
            Failure = FailureView.Of(ended.FailureDetails),
        },
        ExecutionTerminatedEvent terminated => row with { Output = Payload.Of(terminated.Input) },
        ExecutionSuspendedEvent suspended => row with { Reason = suspended.Reason },
        ExecutionResumedEvent resumed => row with { Reason = resumed.Reason },
        ExecutionRewoundEvent rewound => row with { Reason = rewound.Reason },
        EventRaisedEvent raised => row with { Name = raised.Name, Input = Payload.Of(raised.Input) },
        EventSentEvent sent => row with { Name = sent.Name, Instance = sent.InstanceId, Input = Payload.Of(sent.Input) },
        GenericEvent other => row with { Name = other.Data, Task = other.EventId < 0 ? null : other.EventId },
        _ => row,
    };

    private HistoryRow Called(HistoryRow row, int id, string? name, string key)
    {
        _names[id] = name;
        _attempts.Scheduled(id, key);
        return row with { Task = id, Name = name, Attempt = _attempts.NumberOf(id) };
    }

    private HistoryRow Answered(HistoryRow row, int id) => _names.TryGetValue(id, out var name)
        ? row with { Task = id, Name = name, Attempt = _attempts.NumberOf(id) }
        : row with { Task = id };

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
