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
        var taskRun = new TaskRun(run, task, frame, rawInput);
        try
        {
            if (task.Head.If is { } condition && !taskRun.Holds(condition, rawInput))
            {
                taskRun.Observe(RunMoment.PassedOver);
                return new TaskOutcome(rawInput);
            }

            using var started = run.Lifecycle.TaskStarted(task.Head.Reference, cancellation);
            var outcome = await PerformAsync(taskRun, rawInput, cancellation);
            started?.Completed(outcome.Output);
            return outcome;
        }
        catch (WorkflowErrorException e) when (!cancellation.IsCancellationRequested)
        {
            run.Lifecycle.TaskFaulted(task.Head.Reference, e.Error);
            throw;
        }
    }

    private static async Task<TaskOutcome> PerformAsync(TaskRun taskRun, JqValue rawInput, CancellationToken cancellation)
    {
        var (task, head) = (taskRun.Task, taskRun.Task.Head);
        head.InputSchema?.Require(rawInput, head.Reference);
        if (head.InputFrom is not null) taskRun.Input = taskRun.Render(head.InputFrom, rawInput);
        taskRun.Observe(RunMoment.Entered, value: taskRun.Input);
        var extended = ExtendedTask.Of(taskRun);
        var instead = extended is null ? null : await extended.BeforeAsync(cancellation);
        if (instead is { Ended: true } ended) return ended;
        var outcome = instead ?? (head.Timeout is { } timeout
            ? await WithinAsync(taskRun, taskRun.Length(timeout.After), cancellation)
            : await task.ExecuteAsync(taskRun, cancellation));
        cancellation.ThrowIfCancellationRequested();
        taskRun.RawOutput = outcome.Output;
        taskRun.Output = head.OutputAs is null ? outcome.Output : taskRun.Render(head.OutputAs, outcome.Output);
        head.OutputSchema?.Require(taskRun.Output, head.Reference);
        var context = head.ExportAs is null ? null : taskRun.Render(head.ExportAs, taskRun.Output);
        head.ExportSchema?.Require(context ?? taskRun.Workflow.Data, head.Reference);
        if (context is not null) taskRun.Workflow.Data = context;
        taskRun.Observe(RunMoment.Completed, value: taskRun.Output);
        if (extended is not null && instead is null && await extended.AfterAsync(cancellation) is { } end) return end;
        return new TaskOutcome(taskRun.Output, outcome.Directive ?? head.Then, outcome.Ended);
    }

    private static Task<TaskOutcome> WithinAsync(TaskRun taskRun, TimeSpan limit, CancellationToken cancellation) => TimeLimits.RunAsync(
        taskRun.Workflow,
        taskRun.Now + limit,
        (due, inner) => taskRun.Task.ExecuteAsync(taskRun.Until(due), inner),
        () => TookTooLong(taskRun, limit),
        cancellation);

    private static WorkflowErrorException TookTooLong(TaskRun taskRun, TimeSpan limit)
    {
        taskRun.Observe(RunMoment.TimedOut);
        return taskRun.Failure(StandardErrors.Timeout, $"the task took longer than {Descriptors.Iso8601(limit)}");
    }
}
