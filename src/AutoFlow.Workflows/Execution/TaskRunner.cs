using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Execution;

/// <summary>Performs one task in the order of the data flow: if, input.from, the task, output.as, export.as, then (OWS dsl.md, "Data Flow").</summary>
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
        if (head.If is not null && !taskRun.Holds(head.If, rawInput))
        {
            taskRun.Observe(RunMoment.PassedOver);
            return new TaskOutcome(rawInput);
        }

        if (head.InputFrom is not null) taskRun.Input = taskRun.Render(head.InputFrom, rawInput);
        taskRun.Observe(RunMoment.Entered, value: taskRun.Input);
        var outcome = head.Timeout is { } timeout
            ? await WithinAsync(taskRun, taskRun.Length(timeout.After), cancellation)
            : await task.ExecuteAsync(taskRun, cancellation);
        cancellation.ThrowIfCancellationRequested();
        taskRun.RawOutput = outcome.Output;
        taskRun.Output = head.OutputAs is null ? outcome.Output : taskRun.Render(head.OutputAs, outcome.Output);
        if (head.ExportAs is not null) run.Data = taskRun.Render(head.ExportAs, taskRun.Output);
        taskRun.Observe(RunMoment.Completed, value: taskRun.Output);
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
