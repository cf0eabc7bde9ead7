using System.Collections.Immutable;

namespace Microsoft.DurableTask;

/// <summary>How a new orchestration is started.</summary>
public record StartOrchestrationOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="InstanceId">The id; null for a new random one.</param>
    /// <param name="StartAt">When to start; null or a past time for at once.</param>
#pragma warning disable CA1707, IDE1006 // Microsoft's parameter names, which callers may name.
    public StartOrchestrationOptions(string? InstanceId = null, DateTimeOffset? StartAt = null)
#pragma warning restore CA1707, IDE1006
    {
        this.InstanceId = InstanceId;
        this.StartAt = StartAt;
    }

    /// <summary>Copies options.</summary>
    public StartOrchestrationOptions(StartOrchestrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        InstanceId = options.InstanceId;
        StartAt = options.StartAt;
        Tags = options.Tags;
        Version = options.Version;
        DedupeStatuses = options.DedupeStatuses;
    }

    /// <summary>The id; null for a new random one.</summary>
    public string? InstanceId { get; init; }

    /// <summary>When to start; null or a past time for at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Labels of the instance.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = ImmutableDictionary.Create<string, string>();

    /// <summary>The version; null for none.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>
    /// The names of the runtime statuses in which an earlier instance of the same id forbids a new one; null for the live ones only.
    /// Here a live instance always forbids it.
    /// </summary>
    public IReadOnlyList<string>? DedupeStatuses { get; init; }
}
