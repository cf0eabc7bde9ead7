using AutoFlow.EmbeddedHost.Strict;

namespace AutoFlow.EmbeddedHost.Durable;

/// <summary>Limits of the durable engine.</summary>
public sealed record DurableOptions
{
    /// <summary>The most activities that run at once; ten per processor as on Azure Functions.</summary>
    public int MaxConcurrentActivities { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>The most orchestrations that take a turn at once; ten per processor as on Azure Functions.</summary>
    public int MaxConcurrentOrchestrations { get; init; } = 10 * Environment.ProcessorCount;

    /// <summary>The most instances that rest in memory; the others come back from their histories when something comes for them.</summary>
    public int MaxInstancesInMemory { get; init; } = 2_000;

    /// <summary>The most timers that are read, and on their way, at once; and the most activities that may wait while more are read.</summary>
    internal int MaxTimersAtOnce { get; init; } = 10_000;

    /// <summary>How long a stop waits for activities that run before their token is cancelled.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The faults of Azure Storage; null for none.</summary>
    public StrictOptions? Strict { get; init; }
}
