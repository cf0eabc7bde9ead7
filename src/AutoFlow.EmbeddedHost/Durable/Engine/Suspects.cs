using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// What ran when processes died. What takes the process with it again and again fails instead of running once more. What was there at two
/// deaths runs alone among its like: the next death is the fault of that one, not of all that ran beside it.
/// </summary>
internal sealed class Suspects(IOrchestrationStore store, RunningMarks marks, ILogger logger)
{
    /// <summary>The deaths from which on it runs alone.</summary>
    private const int AloneFrom = 2;

    private readonly ConcurrentDictionary<Running, int> _deaths = new();
    private readonly object _turn = new();

    /// <summary>Notes what ran when the last process died.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var (running, deaths) in await store.NoteDeathsAsync(marks.TakeLeft(), ct).ConfigureAwait(false))
        {
            _deaths[running] = deaths;
            if (deaths >= AloneFrom)
            {
                logger.LogWarning(
                    "{What} of instance '{InstanceId}' ran at {Deaths} deaths of the process; at {MaxDeaths} it is set aside",
                    running.Task == Running.Turn ? "A turn" : $"Activity #{running.Task}",
                    running.InstanceId,
                    deaths,
                    DurableLimits.MaxDeaths);
            }
        }
    }

    /// <summary>Marks an activity as running until the mark is disposed of.</summary>
    public RunningMarks.Mark Begin(Running running) => marks.Begin(running);

    /// <summary>Marks a turn as running until the mark is disposed of, on this thread; waits while another one runs that must be alone.</summary>
    public TurnMark BeginTurn(string instanceId)
    {
        var running = Running.TurnOf(instanceId);
        var alone = IsSuspect(running, out _);
        if (alone)
            Monitor.Enter(_turn);
        return new TurnMark(marks.Begin(running), alone ? _turn : null);
    }

    /// <summary>Whether it must run alone among its like.</summary>
    /// <param name="deaths">How often the process died while it ran.</param>
    public bool IsSuspect(Running running, out int deaths)
    {
        deaths = 0;
        return !_deaths.IsEmpty && _deaths.TryGetValue(running, out deaths) && deaths is >= AloneFrom and < DurableLimits.MaxDeaths;
    }

    /// <summary>Whether it is not to run again.</summary>
    public bool IsSetAside(Running running) => !_deaths.IsEmpty && _deaths.TryGetValue(running, out var deaths) && deaths >= DurableLimits.MaxDeaths;

    /// <summary>The failure of what is not to run again; null where it may run.</summary>
    public TaskFailureDetails? Failure(Running running, string name)
    {
        if (!IsSetAside(running) || !_deaths.TryGetValue(running, out var deaths))
            return null;
        var (type, what) = running.Task == Running.Turn ? (SetAside.Orchestration, "Orchestrator") : (SetAside.Activity, "Activity");
        logger.LogError("{What} '{Name}' of instance '{InstanceId}' is set aside: the process died {Deaths} times while it ran", what, name, running.InstanceId, deaths);
        return new TaskFailureDetails(
            type, $"{what} '{name}' is set aside: the process died {deaths} times while it ran. Mend it, then rewind the instance.", null, null);
    }

    /// <summary>It has ended: the deaths were not its fault, or it is set aside.</summary>
    public void Forgive(Running running)
    {
        if (!_deaths.IsEmpty && _deaths.TryRemove(running, out _))
            store.Forgive(running);
    }

    /// <summary>A turn that runs.</summary>
    public readonly struct TurnMark(RunningMarks.Mark mark, object? alone) : IDisposable
    {
        public void Dispose()
        {
            mark.Dispose();
            if (alone is not null)
                Monitor.Exit(alone);
        }
    }
}
