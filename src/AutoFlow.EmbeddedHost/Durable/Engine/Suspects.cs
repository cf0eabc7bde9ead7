using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>What ran when processes died. What takes the process with it again and again fails instead of running once more.</summary>
internal sealed class Suspects(IOrchestrationStore store, RunningMarks marks, ILogger logger)
{
    private readonly ConcurrentDictionary<Running, int> _deaths = new();

    /// <summary>Notes what ran when the last process died.</summary>
    public async Task ReadAsync(CancellationToken ct)
    {
        foreach (var (running, deaths) in await store.NoteDeathsAsync(marks.TakeLeft(), ct).ConfigureAwait(false))
            _deaths[running] = deaths;
    }

    /// <summary>Marks something as running until the mark is disposed of.</summary>
    public RunningMarks.Mark Begin(Running running) => marks.Begin(running);

    /// <summary>The failure of what is not to run again; null where it may run.</summary>
    public TaskFailureDetails? Failure(Running running, string name)
    {
        if (_deaths.IsEmpty || !_deaths.TryGetValue(running, out var deaths) || deaths < DurableLimits.MaxDeaths)
            return null;
        var (type, what) = running.Task == Running.Turn ? ("PoisonOrchestration", "Orchestrator") : ("PoisonActivity", "Activity");
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
}
