using AutoFlow.Cli.Instances;
using AutoFlow.EmbeddedHost.Durable.History;

namespace AutoFlow.Cli.Replay;

/// <summary>Writes turns as people read them: what came in, what was decided, where the workflow then stands.</summary>
internal sealed class TurnPrinter(TextWriter output, IReadOnlyList<TurnRecord> turns, bool payloads)
{
    private readonly Dictionary<int, string> _names = turns.SelectMany(turn => turn.Decided).Select(Named).OfType<(int Number, string Name)>()
        .ToDictionary(one => one.Number, one => one.Name);

    private readonly TaskAttempts _attempts = HistoryAttempts.Of(turns);

    /// <summary>Writes what came in.</summary>
    public void Received(TurnRecord turn)
    {
        output.WriteLine($"turn {turn.Number}  {Shown.Time(turn.At)}");
        foreach (var one in turn.Received) output.WriteLine($"  in   {In(one)}");
    }

    /// <summary>Writes what was decided, as recorded.</summary>
    public void Decided(TurnRecord turn)
    {
        foreach (var one in turn.Decided) output.WriteLine($"  out  {Out(one)}");
    }

    /// <summary>Writes where the instance stands; nothing where it does not say.</summary>
    /// <param name="customStatus">Its custom status as JSON.</param>
    public void Stands(string? customStatus)
    {
        if (customStatus is null or "\"\"") return;
        output.WriteLine($"  at   {WorkflowPlace.Of(customStatus) ?? Cut(customStatus)}");
    }

    private static (int Number, string Name)? Named(HistoryEvent decided) => decided switch
    {
        TaskScheduled task => (task.TaskId, $"activity {task.Name}"),
        ChildScheduled child => (child.TaskId, $"child {child.InstanceId}"),
        TimerCreated timer => (timer.TaskId, "timer"),
        _ => null,
    };

    private string In(HistoryEvent one) => one switch
    {
        ExecutionStarted started => $"{started.Name} starts{With(started.Input)}",
        TaskCompleted done => $"{Name(done.TaskId)} returned{With(done.Result)}",
        TaskFailed failed => $"{Name(failed.TaskId)} failed: {failed.Failure.ErrorType}{(payloads ? $": {failed.Failure.ErrorMessage}" : "")}",
        TimerFired fired => $"{Name(fired.TaskId)} fired",
        EventRaised raised => $"event {raised.Name}{With(raised.Payload)}",
        ExecutionSuspended suspended => $"suspended: {suspended.Reason}",
        ExecutionResumed resumed => $"resumed: {resumed.Reason}",
        ExecutionTerminated terminated => $"terminated{With(terminated.Output)}",
        ExecutionRewound rewound => $"rewound: {rewound.Reason}",
        _ => one.GetType().Name,
    };

    private string Out(HistoryEvent one) => one switch
    {
        TaskScheduled task => $"{Name(task.TaskId)}{With(task.Input)}",
        ChildScheduled child => $"{Name(child.TaskId)} ({child.Name}){With(child.Input)}",
        TimerCreated timer => $"{Name(timer.TaskId)}, due {Shown.Time(timer.FireAt)}",
        TimerCancelled timer => $"{Name(timer.TaskId)} cancelled",
        EventSent sent => $"event {sent.Name} to {sent.InstanceId}{With(sent.Payload)}",
        ContinuedAsNew over => $"starts over{With(over.Input)}",
        ExecutionCompleted completed => $"returns{With(completed.Output)}",
        ExecutionFailed failed => $"fails: {failed.Failure.ErrorType}{(payloads ? $": {failed.Failure.ErrorMessage}" : "")}",
        _ => one.GetType().Name,
    };

    private string Name(int number) =>
        $"{_names.GetValueOrDefault(number, "something unknown")} #{number}{(_attempts.NumberOf(number) is > 1 and var attempt ? $" (try {attempt})" : "")}";

    private string With(string? payload) => payload is null or "null" ? "" : $"  {Cut(payload)}";

    private string Cut(string payload) => payloads ? payload : Shown.Short(payload);
}
