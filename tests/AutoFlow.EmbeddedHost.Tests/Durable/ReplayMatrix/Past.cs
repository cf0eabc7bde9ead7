using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A history made by hand. Each turn is an hour after the one before.</summary>
internal sealed class Past
{
    public const string Flow = "Flow";
    public const string Id = "flow-1";
    private readonly List<TurnRecord> _turns = [];

    /// <summary>The time of the first turn.</summary>
    public static DateTime Begin { get; } = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);

    public IReadOnlyList<TurnRecord> Turns => _turns;

    public static Past Started(string? input = null, ParentLink? parent = null, int generation = 0)
        => new Past().Then(new ExecutionStarted(Flow, null, input, generation, parent));

    /// <summary>A turn in which something came in.</summary>
    public Past Then(params HistoryEvent[] received)
    {
        _turns.Add(new TurnRecord(_turns.Count, Begin.AddHours(_turns.Count), received, []));
        return this;
    }

    /// <summary>What that turn decided.</summary>
    public Past Decides(params HistoryEvent[] decided)
    {
        _turns[^1] = _turns[^1] with { Decided = decided };
        return this;
    }
}

/// <summary>Events in few words. Payloads are JSON; times are hours after <see cref="Past.Begin"/>.</summary>
internal static class Events
{
    public static TaskScheduled Activity(int id, string name, string? input = null) => new(id, name, input);

    public static ChildScheduled Child(int id, string name, string instanceId, string? input = null) => new(id, name, null, instanceId, input, null);

    public static TimerCreated Timer(int id, double hours) => new(id, Past.Begin.AddHours(hours));

    public static TimerCancelled Cancelled(int id) => new(id);

    public static EventSent Sent(string instanceId, string name, string? payload = null) => new(instanceId, name, payload);

    public static ContinuedAsNew Over(string? input, params EventRaised[] carried) => new(input, null, carried);

    public static ExecutionCompleted Returned(string? json) => new(json);

    public static ExecutionFailed Failed<T>(string message, TaskFailureDetails? inner = null) => new(Failure<T>(message, inner));

    public static TaskFailureDetails Failure<T>(string message, TaskFailureDetails? inner = null) => new(typeof(T).FullName!, message, null, inner);

    /// <summary>How a task's failure comes out of an orchestration that does not catch it.</summary>
    public static ExecutionFailed Failed(string task, int id, TaskFailureDetails inner)
        => Failed<TaskFailedException>($"Task '{task}' (#{id}) failed with an unhandled exception: {inner.ErrorMessage}", inner);

    public static TaskCompleted Done(int id, string? json = null) => new(id, json);

    public static TaskFailed Broke(int id, string message = "no") => new(id, Failure<TimeoutException>(message));

    public static TimerFired Fired(int id) => new(id);

    public static EventRaised Raised(string name, string? json = null) => new(name, json);

    public static ExecutionSuspended Suspended() => new("held");

    public static ExecutionResumed Resumed() => new(null);
}
