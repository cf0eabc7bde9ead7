using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>What a turn needs beside the instance.</summary>
internal sealed class TurnServices(
    IOrchestrationStore store, DurableRegistry registry, Suspects suspects, StrictOptions? strict, TimeProvider time, ILoggerFactory loggers)
{
    private readonly ILogger _logger = loggers.CreateLogger<DurableEngine>();
    private KeySource? _keys;
    private volatile bool _runs;

    public IOrchestrationStore Store => store;

    public Suspects Suspects => suspects;

    public StrictOptions? Strict => strict;

    public ILoggerFactory Loggers => loggers;

    public TimeProvider Time => time;

    /// <summary>The time, UTC.</summary>
    public DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The keys; read when the first is asked for, before anything is written.</summary>
    public KeySource Keys => LazyInitializer.EnsureInitialized(ref _keys, () => new KeySource(store.Keys()));

    /// <summary>True between the engine's start and its stop. Otherwise what comes is stored, and waits.</summary>
    public bool Runs
    {
        get => _runs;
        set => _runs = value;
    }

    /// <summary>The ids of instances with activities that an ended process has left, and that do not run here yet.</summary>
    public ConcurrentDictionary<string, bool> LeftBusy { get; } = new(StringComparer.Ordinal);

    /// <summary>An orchestrator's code; null where it is not here, or the engine does not run.</summary>
    public Func<TaskOrchestrationContext, Task<object?>>? Orchestrator(string name) => _runs ? registry.Orchestrator(name) : null;

    public void TellMissing(string name, string instanceId) => _logger.LogError(
        "No orchestrator named '{Name}' is registered. Instance '{InstanceId}' waits until one is: add it and start again, or terminate the instance",
        name,
        instanceId);
}
