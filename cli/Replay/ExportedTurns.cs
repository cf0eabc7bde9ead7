using System.Text.Json;
using AutoFlow.Cli.Instances;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;

namespace AutoFlow.Cli.Replay;

/// <summary>Makes turns of the events that an app tells of an instance.</summary>
internal sealed class ExportedTurns
{
    private readonly Dictionary<int, int> _numbers = [];
    private readonly List<TurnRecord> _turns = [];
    private readonly List<HistoryEvent> _received = [];
    private readonly List<HistoryEvent> _decided = [];
    private DateTime? _at;

    /// <summary>The turns, or what is wrong.</summary>
    /// <param name="events">As <c>GET /api/instances/{id}/history</c> gives them.</param>
    public static (IReadOnlyList<TurnRecord> Turns, string? Problem) Of(IReadOnlyList<JsonElement> events)
    {
        var reader = new ExportedTurns();
        foreach (var (place, one) in events.Index())
        {
            try
            {
                reader.Take(one);
            }
            catch (Exception exception) when (exception is FormatException or InvalidOperationException or KeyNotFoundException)
            {
                return ([], $"the event at place {place} of \"history\" ('{one.Said("type")}') cannot be read: {exception.Message}");
            }
        }

        try
        {
            reader.EndTurn();
        }
        catch (FormatException exception)
        {
            return ([], $"the last event of \"history\" cannot be read: {exception.Message}");
        }

        return (reader._turns, null);
    }

    private void Take(JsonElement one)
    {
        switch (one.Said("type"))
        {
            case "orchestratorStarted":
                EndTurn();
                _at = one.GetProperty("time").GetDateTime().ToUniversalTime();
                break;
            case "orchestratorCompleted":
                EndTurn();
                break;
            case "":
                throw new FormatException("it has no type");
            default:
                if (Received(one) is { } received) _received.Add(received);
                else if (Decided(one) is { } decided) _decided.Add(decided);
                break;
        }
    }

    private void EndTurn()
    {
        if (_at is { } at) _turns.Add(new TurnRecord(_turns.Count, at, [.. _received], [.. _decided]));
        else if (_received.Count + _decided.Count > 0) throw new FormatException("it belongs to no turn");
        _at = null;
        _received.Clear();
        _decided.Clear();
    }

    private HistoryEvent? Received(JsonElement one) => one.Said("type") switch
    {
        "executionStarted" => new ExecutionStarted(one.Said("name"), Text(one, "version"), Raw(one, "input"), one.Part("generation")?.GetInt32() ?? 0, Caller(one)),
        "taskCompleted" or "subOrchestrationInstanceCompleted" => new TaskCompleted(Answered(one), Raw(one, "output")),
        "taskFailed" or "subOrchestrationInstanceFailed" => new TaskFailed(Answered(one), Failure(one.GetProperty("failure"))),
        "timerFired" => new TimerFired(Answered(one)),
        "eventRaised" => new EventRaised(one.Said("name"), Raw(one, "input")),
        "executionSuspended" => new ExecutionSuspended(Text(one, "reason")),
        "executionResumed" => new ExecutionResumed(Text(one, "reason")),
        "executionTerminated" => new ExecutionTerminated(Raw(one, "output"), Recursive: false),
        "executionRewound" => new ExecutionRewound(Text(one, "reason")),
        _ => null,
    };

    private HistoryEvent? Decided(JsonElement one) => one.Said("type") switch
    {
        "taskScheduled" => new TaskScheduled(Asked(one), one.Said("name"), Raw(one, "input")),
        "timerCreated" => new TimerCreated(Asked(one), one.GetProperty("fireAt").GetDateTime().ToUniversalTime()),
        "subOrchestrationInstanceCreated" => new ChildScheduled(Asked(one), one.Said("name"), Text(one, "version"), one.Said("instance"), Raw(one, "input"), null),
        "eventSent" => new EventSent(one.Said("instance"), one.Said("name"), Raw(one, "input")),
        "continueAsNew" => new ContinuedAsNew(Raw(one, "output"), null, []),
        "executionCompleted" when one.Said("status") == "Failed" => new ExecutionFailed(one.Part("failure") is { } failure ? Failure(failure) : new TaskFailureDetails("", "", null, null)),
        "executionCompleted" when one.Said("status") == "Completed" => new ExecutionCompleted(Raw(one, "output")),
        "genericEvent" when one.Said("name") == SharedHistory.TimerCancelled => new TimerCancelled(Answered(one)),
        _ => null,
    };

    /// <summary>Hosts number what is asked for in ways of their own (some count sent events too); here in its order.</summary>
    private int Asked(JsonElement one)
    {
        var (number, task) = (_numbers.Count, one.GetProperty("task").GetInt32());
        return _numbers.TryAdd(task, number) ? number : throw new FormatException($"task {task} is asked for a second time");
    }

    /// <summary>What nothing is known of has been taken back since, or belongs to an earlier generation: nobody waits for it.</summary>
    private int Answered(JsonElement one) => _numbers.GetValueOrDefault(one.GetProperty("task").GetInt32(), -1);

    private static ParentLink? Caller(JsonElement one) => one.Said("caller") is { Length: > 0 } name ? new ParentLink(name, one.Said("instance")) : null;

    private static TaskFailureDetails Failure(JsonElement failure) =>
        new(failure.Said("type"), failure.Said("message"), Text(failure, "stack"), failure.Part("inner") is { } inner ? Failure(inner) : null);

    private static string? Raw(JsonElement one, string name) => one.Part(name) is { } payload ? Shown.InLine(payload) : null;

    private static string? Text(JsonElement one, string name) => one.Said(name) is { Length: > 0 } text ? text : null;
}
