namespace Microsoft.DurableTask;

/// <summary>How an activity or child orchestration is called.</summary>
public record TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">When to try again; null for never.</param>
    public TaskOptions(TaskRetryOptions? retry)
        : this(retry, null)
    {
    }

    /// <summary>Makes options.</summary>
    /// <param name="retry">When to try again; null for never.</param>
    /// <param name="tags">Labels of the task; null for none.</param>
    public TaskOptions(TaskRetryOptions? retry = null, IDictionary<string, string>? tags = null)
    {
        Retry = retry;
        Tags = tags;
    }

    /// <summary>Copies options.</summary>
    public TaskOptions(TaskOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Retry = options.Retry;
        Tags = options.Tags;
        Version = options.Version;
    }

    /// <summary>When to try again; null for never.</summary>
    public TaskRetryOptions? Retry { get; init; }

    /// <summary>Labels of the task; null for none. A child orchestration's tags are set from them.</summary>
    public IDictionary<string, string>? Tags { get; init; }

    /// <summary>The version of the child orchestration; null for none.</summary>
    public TaskVersion? Version { get; init; }

    /// <summary>Options with a retry policy.</summary>
    public static TaskOptions FromRetryPolicy(RetryPolicy policy) => new(policy);

    /// <summary>Options with a retry handler.</summary>
    public static TaskOptions FromRetryHandler(AsyncRetryHandler handler) => new(handler);

    /// <summary>Options with a retry handler.</summary>
    public static TaskOptions FromRetryHandler(RetryHandler handler) => new(handler);

    /// <summary>These options with the instance id of a child orchestration.</summary>
    public SubOrchestrationOptions WithInstanceId(string instanceId) => new(this, instanceId);
}

/// <summary>How a child orchestration is called.</summary>
public record SubOrchestrationOptions : TaskOptions
{
    /// <summary>Makes options.</summary>
    /// <param name="retry">When to try again; null for never.</param>
    /// <param name="instanceId">The child's id; null for one derived from the parent.</param>
    public SubOrchestrationOptions(TaskRetryOptions? retry = null, string? instanceId = null)
        : base(retry) => InstanceId = instanceId;

    /// <summary>Wraps options.</summary>
    /// <param name="options">The options to copy.</param>
    /// <param name="instanceId">The child's id; null for the copied one's.</param>
    public SubOrchestrationOptions(TaskOptions options, string? instanceId = null)
        : base(options) => InstanceId = instanceId ?? (options as SubOrchestrationOptions)?.InstanceId;

    /// <summary>Copies options.</summary>
    public SubOrchestrationOptions(SubOrchestrationOptions options)
        : base(options) => InstanceId = options.InstanceId;

    /// <summary>The child's id; null for one derived from the parent.</summary>
    public string? InstanceId { get; init; }
}
