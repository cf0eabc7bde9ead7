namespace AutoFlow.Workflows.Execution;

/// <summary>Which lifecycle events a run publishes (OWS dsl-reference.md, "Lifecycle Events").</summary>
public enum LifecycleScope
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those of the workflow: started, completed, faulted, …</summary>
    Workflow,

    /// <summary>Those of the workflow and of each task.</summary>
    Task,
}
