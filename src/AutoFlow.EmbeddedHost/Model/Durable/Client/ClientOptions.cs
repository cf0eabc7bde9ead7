namespace Microsoft.DurableTask.Client;

/// <summary>How an instance is terminated.</summary>
/// <param name="Output">What its output becomes; null for none.</param>
/// <param name="Recursive">Whether its children are terminated too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);

/// <summary>How an instance is purged.</summary>
/// <param name="Recursive">Whether its children are purged too.</param>
public record PurgeInstanceOptions(bool Recursive = false);

/// <summary>Which instances are purged. Only finished ones are.</summary>
/// <param name="CreatedFrom">Created at this time or later; null for any.</param>
/// <param name="CreatedTo">Created at this time or earlier; null for any.</param>
/// <param name="Statuses">In one of these statuses; null for any finished one.</param>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);

/// <summary>What a purge did.</summary>
public class PurgeResult
{
    /// <summary>A purge of so many.</summary>
    public PurgeResult(int count) => PurgedInstanceCount = count;

    /// <summary>A purge of so many.</summary>
    /// <param name="count">How many.</param>
    /// <param name="isComplete">Whether that was all; null where not known.</param>
    public PurgeResult(int count, bool? isComplete)
        : this(count) => IsComplete = isComplete;

    /// <summary>How many instances were purged, children included.</summary>
    public int PurgedInstanceCount { get; }

    /// <summary>Whether that was all; null where not known.</summary>
    public bool? IsComplete { get; }
}

/// <summary>Which instances are listed.</summary>
/// <param name="CreatedFrom">Created at this time or later; null for any.</param>
/// <param name="CreatedTo">Created at this time or earlier; null for any.</param>
/// <param name="Statuses">In one of these statuses; null for any.</param>
/// <param name="TaskHubNames">Not used: there is one hub.</param>
/// <param name="InstanceIdPrefix">Ids that begin so; null for any.</param>
/// <param name="PageSize">The most results of a page.</param>
/// <param name="FetchInputsAndOutputs">Whether inputs, outputs and custom statuses are read too.</param>
/// <param name="ContinuationToken">Where to begin; null for the beginning.</param>
public record OrchestrationQuery(
    DateTimeOffset? CreatedFrom = null,
    DateTimeOffset? CreatedTo = null,
    IEnumerable<OrchestrationRuntimeStatus>? Statuses = null,
    IEnumerable<string>? TaskHubNames = null,
    string? InstanceIdPrefix = null,
    int PageSize = OrchestrationQuery.DefaultPageSize,
    bool FetchInputsAndOutputs = false,
    string? ContinuationToken = null)
{
    /// <summary>The page size where none is given.</summary>
    public const int DefaultPageSize = 100;
}

/// <summary>Type-safe deduplication of starts.</summary>
public static class StartOrchestrationOptionsExtensions
{
    /// <summary>These options with the statuses in which an earlier instance of the same id forbids a new one.</summary>
    public static StartOrchestrationOptions WithDedupeStatuses(
        this StartOrchestrationOptions options, params OrchestrationRuntimeStatus[] dedupeStatuses)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options with { DedupeStatuses = [.. dedupeStatuses.Select(status => status.ToString())] };
    }
}
