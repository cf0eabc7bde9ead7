namespace Microsoft.DurableTask;

/// <summary>An activity or a child orchestration failed.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure with its exception.</summary>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : base(Describe(taskName, taskId, innerException?.Message), innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = TaskFailureDetails.FromException(innerException);
    }

    /// <summary>A failure with its details.</summary>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : base(Describe(taskName, taskId, failureDetails?.ErrorMessage))
    {
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the failed activity or orchestrator.</summary>
    public string TaskName { get; }

    /// <summary>The number of the task in its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>How it failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    private static string Describe(string name, int id, string? reason)
        => reason is null
            ? $"Task '{name}' (#{id}) failed with an unhandled exception."
            : $"Task '{name}' (#{id}) failed with an unhandled exception: {reason}";
}
