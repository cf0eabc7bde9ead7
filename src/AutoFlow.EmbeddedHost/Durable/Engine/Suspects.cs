using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>
/// What ran when processes died. What takes the process with it again and again fails instead of running once more. Of what
/// was there at two deaths one runs at a time: the next death is the fault of that one, not of all that ran beside it.
/// </summary>
internal sealed class Suspects(IOrchestrationStore store, RunningMarks marks, ILogger logger)
{
    /// <summary>The deaths from which on it is suspected.</summary>
    private const int SuspectFrom = 2;

    private readonly ConcurrentDictionary<Running, int> _deaths = new();
    private readonly PriorityQueue<Action, int> _held = new();
    private readonly Lock _gate = new();
    private Running? _atWork;
    private volatile bool _any;

    /// <summary>Whether there have been deaths at all: the usual answer is no, and costs nothing.</summary>
    public bool Any => _any;

    /// <summary>Notes what ran when the last process died.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var (running, deaths) in await store.NoteDeathsAsync(marks.TakeLeft(), ct).ConfigureAwait(false))
        {
            _deaths[running] = deaths;
            _any = true;
            if (deaths >= SuspectFrom)
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

    /// <summary>Marks something as running until the mark is disposed of.</summary>
    public RunningMarks.Mark Begin(Running running) => marks.Begin(running);

    /// <summary>Whether it may run now. What may run must be told of by <see cref="Leave"/>.</summary>
    /// <param name="running">What is to run.</param>
    /// <param name="again">Called where it may not, when it is worth asking again.</param>
    public bool MayRun(Running running, Action again)
    {
        if (!_any || !_deaths.TryGetValue(running, out var deaths) || deaths is < SuspectFrom or >= DurableLimits.MaxDeaths)
            return true;
        lock (_gate)
        {
            if (_atWork is { } other && other != running)
            {
                // Those with fewer deaths come first: the innocent do not wait for the guilty one.
                _held.Enqueue(again, deaths);
                return false;
            }

            _atWork = running;
            return true;
        }
    }

    /// <summary>It runs no more.</summary>
    public void Leave(Running running)
    {
        if (_atWork is null)
            return;
        var held = new List<Action>();
        lock (_gate)
        {
            if (_atWork != running)
                return;
            _atWork = null;
            while (_held.TryDequeue(out var again, out _))
                held.Add(again);
        }

        // All of them: whoever is no longer suspected would not wake the next.
        foreach (var again in held)
            again();
    }

    /// <summary>Whether it is not to run again.</summary>
    public bool IsSetAside(Running running) => _any && _deaths.TryGetValue(running, out var deaths) && deaths >= DurableLimits.MaxDeaths;

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
        if (_any && _deaths.TryRemove(running, out _))
            store.Forgive(running);
    }
}
