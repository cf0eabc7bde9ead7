using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using AutoFlow.Functions.Triggers;
using DurableTask.Core.History;

namespace AutoFlow.Functions.Instances;

/// <summary>Tells a history as people and tools read it: answers have the name and the attempt of what they answer.</summary>
internal sealed class HistoryReader
{
    private const int LongestKept = 64;

    private readonly TaskAttempts _attempts = new();
    private readonly Dictionary<int, string?> _names = [];

    /// <summary>Whether the present row is shown; of those before the page only calls and tries are kept.</summary>
    private bool _isShown;

    /// <summary>A page of a history. No more is kept of what comes before it than calls without an answer and tries that another may follow.</summary>
    /// <param name="id">The instance's.</param>
    /// <param name="run">What tells this history from another one of the same instance.</param>
    /// <param name="history">From its first event on, oldest first, as durable clients give it; gone through as far as the page goes.</param>
    /// <param name="page">Which part is shown.</param>
    public static HistoryView Read(string id, string run, IEnumerable<HistoryEvent> history, Page page)
    {
        var reader = new HistoryReader();
        var rows = new List<HistoryRow>();
        DateTime? began = null;
        foreach (var (number, one) in history.Index())
        {
            began ??= Utc(one.Timestamp);
            if (rows.Count == page.Take) return new HistoryView(id, run, began, rows, number);
            reader._isShown = number >= page.Skip;
            var row = reader.Row(one, new HistoryRow(number, Utc(one.Timestamp), JsonNamingPolicy.CamelCase.ConvertName(one.EventType.ToString())));
            if (reader._isShown) rows.Add(row);
        }

        return new HistoryView(id, run, began, rows, null);
    }

    private HistoryRow Row(HistoryEvent one, HistoryRow row)
    {
        switch (one)
        {
            case OrchestratorStartedEvent:
                _attempts.Turn();
                return row;
            case TaskScheduledEvent task:
                return Called(row, task.EventId, task.Name, $"activity {task.Name} {InShort(task.Input)}") with { Version = Some(task.Version), Input = Shown(task.Input) };
            case SubOrchestrationInstanceCreatedEvent child:
                return Called(row, child.EventId, child.Name, $"child {child.Name} {child.InstanceId}") with
                {
                    Version = Some(child.Version),
                    Input = Shown(child.Input),
                    Instance = child.InstanceId,
                };
            case TaskCompletedEvent done:
                return Answered(row, done.TaskScheduledId) with { Output = Shown(done.Result) };
            case SubOrchestrationInstanceCompletedEvent done:
                return Answered(row, done.TaskScheduledId) with { Output = Shown(done.Result) };
            case TaskFailedEvent failed:
                return Failed(row, failed.TaskScheduledId) with { Failure = FailureView.Of(failed.FailureDetails, failed.Reason) };
            case SubOrchestrationInstanceFailedEvent failed:
                return Failed(row, failed.TaskScheduledId) with { Failure = FailureView.Of(failed.FailureDetails, failed.Reason) };
            case TimerCreatedEvent timer:
                _attempts.TimerCreated(timer.EventId);
                return row with { Task = timer.EventId, FireAt = Utc(timer.FireAt) };
            case TimerFiredEvent timer:
                _attempts.TimerFired(timer.TimerId);
                return row with { Task = timer.TimerId, FireAt = Utc(timer.FireAt) };
            default:
                return _isShown ? Own(one, row) : row;
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

    private HistoryRow Failed(HistoryRow row, int id)
    {
        _attempts.Failed(id);
        return Answered(row, id);
    }

    private HistoryRow Answered(HistoryRow row, int id)
    {
        if (!_names.Remove(id, out var name)) return row with { Task = id };
        var attempt = _attempts.NumberOf(id);
        _attempts.Forget(id);
        return row with { Task = id, Name = name, Attempt = attempt };
    }

    /// <summary>What tells one input from another: a long one is not kept until its answer comes.</summary>
    private static string? InShort(string? input) =>
        input is { Length: > LongestKept } ? Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(input.AsSpan()))) : input;

    private JsonElement? Shown(string? payload) => _isShown ? Payload.Of(payload) : null;

    private static string? Some(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}
