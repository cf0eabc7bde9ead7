using AutoFlow.EmbeddedHost.Durable.Tracing;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>The orchestrators and activities of the app by name. Names compare without regard to case. Filled before the engine starts.</summary>
public sealed class DurableRegistry
{
    private readonly Dictionary<string, Func<TaskOrchestrationContext, Task<object?>>> _orchestrators = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Func<ActivityInvocation, CancellationToken, Task<object?>>> _activities = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Adds an orchestrator.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="run">Deterministic code; its result becomes the output as JSON.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddOrchestrator(string name, Func<TaskOrchestrationContext, Task<object?>> run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        if (!_orchestrators.TryAdd(name, run))
            throw new ArgumentException($"There is already an orchestrator named '{name}'.", nameof(name));
    }

    /// <summary>Adds an activity.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="run">The work; its result is recorded as JSON. The token is cancelled when the host stops; the work then runs again later.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void AddActivity(string name, Func<ActivityInvocation, CancellationToken, Task<object?>> run)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(run);
        if (!_activities.TryAdd(name, run))
            throw new ArgumentException($"There is already an activity named '{name}'.", nameof(name));
    }

    /// <summary>An orchestrator; null where there is none of that name.</summary>
    internal Func<TaskOrchestrationContext, Task<object?>>? Orchestrator(string name) => _orchestrators.GetValueOrDefault(name);

    /// <summary>An activity; null where there is none of that name.</summary>
    internal Func<ActivityInvocation, CancellationToken, Task<object?>>? Activity(string name) => _activities.GetValueOrDefault(name);
}

/// <summary>One call of an activity.</summary>
/// <param name="Name">The activity's name.</param>
/// <param name="InstanceId">The calling instance.</param>
/// <param name="TaskId">The call's number in the instance; the same when the work runs again after a crash.</param>
/// <param name="InputJson">The input as JSON; null for none.</param>
public sealed record ActivityInvocation(string Name, string InstanceId, int TaskId, string? InputJson)
{
    /// <summary>The trace of the calling instance; null when nothing was traced.</summary>
    internal InstanceTrace? Trace { get; init; }
}
