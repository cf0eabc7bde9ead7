namespace DurableTask.Core;

/// <summary>How an orchestration stands or ended, in its history.</summary>
public enum OrchestrationStatus
{
    /// <summary>It has started.</summary>
    Running,

    /// <summary>It returned.</summary>
    Completed,

    /// <summary>It started over.</summary>
    ContinuedAsNew,

    /// <summary>It threw.</summary>
    Failed,

    /// <summary>Not used.</summary>
    Canceled,

    /// <summary>A client ended it.</summary>
    Terminated,

    /// <summary>It has not started yet.</summary>
    Pending,

    /// <summary>A client has stopped it until it is resumed.</summary>
    Suspended,
}
