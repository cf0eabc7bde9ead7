using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Converters;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>
/// One generation of an orchestration in memory: the orchestrator's code, driven by events. It decides the same for the same events,
/// so it can be rebuilt from its history at any time, or kept and given only what is new.
/// </summary>
internal sealed class OrchestrationExecution(
    string instanceId, Func<TaskOrchestrationContext, Task<object?>> orchestrator, ILoggerFactory loggers)
{
    private readonly TurnScheduler _scheduler = new();
    private readonly Queue<HistoryEvent> _held = [];
    private ReplayContext? _context;
    private ExecutionStarted? _started;
    private Task<object?>? _run;

    /// <summary>Why the code did not follow its history; null where it did.</summary>
    public NonDeterministicOrchestrationException? Strayed { get; set; }

    /// <summary>Told of what came in and made the code decide something at once; null for nobody.</summary>
    public Action<HistoryEvent>? Acts { get; init; }

    /// <summary>True between suspension and resumption.</summary>
    public bool IsSuspended { get; private set; }

    /// <summary>How many events wait for the code.</summary>
    public int Unclaimed => (_context?.Events.Unclaimed.Count ?? 0) + _held.Count;

    /// <summary>Whether the code takes an event of that name at once.</summary>
    public bool Awaits(string eventName) => !IsSuspended && _context?.Events.Awaits(eventName) == true;

    /// <summary>The custom status as JSON, and whether the code has set it.</summary>
    public (bool IsSet, string? Json) CustomStatus => _context?.CustomStatus ?? default;

    /// <summary>Takes a recorded turn again.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code decides otherwise than recorded.</exception>
    public void Replay(TurnRecord turn)
    {
        var found = Take(turn.At, turn.Received, replaying: true);
        for (var step = 0; step < Math.Max(found.Count, turn.Decided.Count); step++)
        {
            var expected = step < turn.Decided.Count ? turn.Decided[step] : null;
            var decided = step < found.Count ? found[step] : null;
            if (expected is null || decided is null || !NonDeterministicOrchestrationException.Same(expected, decided))
                throw new NonDeterministicOrchestrationException(_started?.Name ?? "", instanceId, turn.Number, step + 1, expected, decided);
        }
    }

    /// <summary>Takes a new turn.</summary>
    /// <returns>What the orchestrator decided, in order; its end last.</returns>
    public IReadOnlyList<HistoryEvent> Advance(DateTime at, IReadOnlyList<HistoryEvent> arrived) => Take(at, arrived, replaying: false);

    private List<HistoryEvent> Take(DateTime at, IReadOnlyList<HistoryEvent> received, bool replaying)
    {
        using var turn = _scheduler.Begin();
        if (_context is null && OrchestrationTurn.First<ExecutionStarted>(received) is { } started)
        {
            _started = started;
            _context = new ReplayContext(instanceId, started, _scheduler, loggers);
        }

        if (_context is null)
            return [];
        _context.BeginTurn(at, replaying);
        for (var i = 0; i < received.Count; i++)
        {
            var before = _context.Decisions.Count;
            Receive(received[i]);
            if (_context.Decisions.Count > before)
                Acts?.Invoke(received[i]);
        }

        if (End() is { } end)
            _context.Decisions.Add(end);
        return _context.Decisions;
    }

    private void Receive(HistoryEvent received)
    {
        switch (received)
        {
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                while (_held.TryDequeue(out var held))
                    Deliver(held);
                break;
            case not null when IsSuspended:
                _held.Enqueue(received);
                break;
            default:
                Deliver(received!);
                break;
        }
    }

    private void Deliver(HistoryEvent received)
    {
        var context = _context!;
        switch (received)
        {
            case ExecutionStarted when _run is null:
                _scheduler.Start(() => _run = Invoke(context));
                break;
            case TaskCompleted completed:
                context.Complete(completed.TaskId, completed.Result);
                break;
            case TaskFailed failed:
                context.Fail(failed.TaskId, failed.Failure);
                break;
            case TimerFired fired:
                context.Complete(fired.TaskId, null);
                break;
            case EventRaised raised when _run is { IsCompleted: true }:
                // The code is over: whoever still waits is abandoned, and the event belongs to the next generation.
                context.Events.Keep(raised);
                break;
            case EventRaised raised:
                context.Events.Deliver(raised);
                break;
        }

        _scheduler.Drain();
    }

    private async Task<object?> Invoke(ReplayContext context) => await orchestrator(context);

    /// <summary>The last decision; null while the orchestrator has not ended.</summary>
    private HistoryEvent? End()
    {
        if (_run is null)
            return null;
        if (!_run.IsCompleted)
        {
            return _scheduler.SawForeignCallback || !(_context!.IsWaiting || IsSuspended)
                ? new ExecutionFailed(BoundedFailure.Of(new InvalidOperationException(
                    $"The orchestrator '{_started!.Name}' (instance '{instanceId}') waits for something that is not durable. "
                    + "Orchestrator code must await nothing but what its context gives (no Task.Run, Task.Delay or I/O).")))
                : null;
        }

        try
        {
            var output = DurableLimits.DemandPayload(JsonDataConverter.Default.Serialize(_run.GetAwaiter().GetResult()), "The output", "output");
            return _context!.StartOver is { } over
                ? new ContinuedAsNew(
                    DurableLimits.DemandPayload(JsonDataConverter.Default.Serialize(over.NewInput), "The next generation's input", "newInput"),
                    over.NewVersion ?? _started!.Version,
                    over.PreserveUnprocessedEvents ? [.. _context.Events.Unclaimed, .. _held.OfType<EventRaised>()] : [])
                : new ExecutionCompleted(output);
        }
        catch (Exception exception)
        {
            return new ExecutionFailed(BoundedFailure.Of(exception));
        }
    }
}
