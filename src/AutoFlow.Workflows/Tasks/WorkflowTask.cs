using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Tasks;

/// <summary>A task of a definition. Each keyword is one file: what it holds, how it is read, how it runs.</summary>
internal abstract class WorkflowTask(TaskHead head)
{
    public TaskHead Head { get; } = head;

    /// <summary>Where the task may go besides its <c>then</c>.</summary>
    public virtual IEnumerable<FlowDirective> Branches => [];

    /// <summary>The lists of tasks inside, in the definition's order.</summary>
    public virtual IEnumerable<TaskList> Lists => [];

    /// <summary>Whether the task can come to its <c>then</c>.</summary>
    public virtual bool Completes => true;

    /// <summary>Performs the task on its transformed input.</summary>
    /// <exception cref="WorkflowErrorException">The task failed as workflows fail.</exception>
    /// <exception cref="OperationCanceledException">An enclosing time limit ended.</exception>
    public abstract Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation);
}

/// <summary>What a task gave.</summary>
/// <param name="Output">The raw output, before <c>output.as</c>.</param>
/// <param name="Directive">Where to go instead of the task's <c>then</c>; null for there.</param>
/// <param name="Ended">Whether a task inside ended the workflow.</param>
/// <param name="Exited">Whether a list was left by <c>exit</c>.</param>
internal readonly record struct TaskOutcome(JqValue Output, FlowDirective? Directive = null, bool Ended = false, bool Exited = false);
