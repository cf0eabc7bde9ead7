namespace DurableTask.Core;

/// <summary>Which run of which instance.</summary>
public class OrchestrationInstance
{
    /// <summary>The instance's id.</summary>
    public string? InstanceId { get; set; }

    /// <summary>One run of it; null where a host counts generations instead.</summary>
    public string? ExecutionId { get; set; }
}

/// <summary>Who called a child orchestration.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1051", Justification = "Microsoft's has fields too.")]
public class ParentInstance
{
    /// <summary>The caller's orchestrator.</summary>
    public string? Name;

    /// <summary>The calling instance.</summary>
    public OrchestrationInstance? OrchestrationInstance;

    /// <summary>The number of the call in the caller.</summary>
    public int TaskScheduleId;

    /// <summary>The caller's version.</summary>
    public string? Version;
}
