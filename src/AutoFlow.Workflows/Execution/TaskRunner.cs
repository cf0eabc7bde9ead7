using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Execution;

/// <summary>
/// Performs one task in the order of the data flow: if, input.schema, input.from, the task, output.as, output.schema, export.as,
/// export.schema, then (OWS dsl.md, "Data Flow").
/// </summary>
internal static class TaskRunner
{
    /// <summary>Performs the task; the outcome's output is the transformed one, its directive where to go.</summary>
    public static async Task<TaskOutcome> RunAsync(
        WorkflowRun run, WorkflowTask task, JqValue rawInput, Frame frame, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        run.Enter(task);
        var head = task.Head;
        var taskRun = new TaskRun(run, task, frame, rawInput);
        if (head.If is not null && !taskRun.Holds(head.If, rawInput)) return new TaskOutcome(rawInput);
        head.InputSchema?.Require(rawInput, head.Reference);
        if (head.InputFrom is not null) taskRun.Input = taskRun.Render(head.InputFrom, rawInput);
        var outcome = head.Timeout is { } timeout
            ? await WithinAsync(taskRun, taskRun.Length(timeout.After), cancellation)
            : await task.ExecuteAsync(taskRun, cancellation);
        cancellation.ThrowIfCancellationRequested();
        taskRun.RawOutput = outcome.Output;
        taskRun.Output = head.OutputAs is null ? outcome.Output : taskRun.Render(head.OutputAs, outcome.Output);
        head.OutputSchema?.Require(taskRun.Output, head.Reference);
        var context = head.ExportAs is null ? null : taskRun.Render(head.ExportAs, taskRun.Output);
        head.ExportSchema?.Require(context ?? run.Data, head.Reference);
        if (context is not null) run.Data = context;
        return new TaskOutcome(taskRun.Output, outcome.Directive ?? head.Then, outcome.Ended);
    }

    private static Task<TaskOutcome> WithinAsync(TaskRun taskRun, TimeSpan limit, CancellationToken cancellation) => TimeLimits.RunAsync(
        taskRun.Workflow,
        taskRun.Now + limit,
        (due, inner) => taskRun.Task.ExecuteAsync(taskRun.Until(due), inner),
        () => taskRun.Failure(StandardErrors.Timeout, $"the task took longer than {Descriptors.Iso8601(limit)}"),
        cancellation);
}
