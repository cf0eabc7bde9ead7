using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>try</c>: performs its tasks and catches their errors. A caught error is first retried by the policy, if there is one; when no
/// retry is left, <c>catch.do</c> and <c>catch.then</c> follow. A retry that is spent without either of them passes the error on. The
/// error of a run that has performed all the tasks it may is never caught.
/// </summary>
internal sealed class TryTask(TaskHead head, TaskList tasks, CatchClause clause) : WorkflowTask(head)
{
    public override IEnumerable<FlowDirective> Branches => clause.Then is { } then ? [then] : [];

    public override IEnumerable<TaskList> Lists => clause.Do is { } handler ? [tasks, handler] : [tasks];

    public static WorkflowTask? Read(TaskReader reader)
    {
        var tasks = reader.List("try", "try", []);
        var clause = CatchReader.Read(reader);
        return tasks is null || clause is null ? null : new TryTask(reader.Head, tasks, clause);
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var firstStart = run.Now;
        for (var retries = 0; ; retries++)
        {
            var before = run.Workflow.Performed;
            try
            {
                var outcome = await AttemptAsync(run, cancellation);
                run.Observe(RunMoment.TriedWell);
                return outcome;
            }
            catch (WorkflowErrorException e) when (!run.Workflow.IsSpent)
            {
                var error = e.Error;
                cancellation.ThrowIfCancellationRequested();
                if (!clause.Takes(run, error, FrameOf(run, error))) throw;
                var delay = NextDelay(run, error, retries, firstStart);
                if (delay is null && clause.Retry is not null) run.Observe(RunMoment.RetrySpent, value: error.ToJson());
                if (delay is null && clause is { Retry: not null, Do: null, Then: null }) throw;
                if (delay is null) return await HandleAsync(run, error, cancellation);
                run.Observe(RunMoment.Retried, value: error.ToJson());
                await run.WaitAsync(delay.Value, cancellation);
                run.Workflow.Lifecycle.TaskRetried(run.Reference);
                // An attempt that failed before its first task counts as one, so that the limit ends these too.
                if (run.Workflow.Performed == before) run.Workflow.Enter(this);
            }
        }
    }

    private async Task<TaskOutcome> AttemptAsync(TaskRun run, CancellationToken cancellation)
    {
        if (clause.Retry?.AttemptDuration is not { } limit)
            return await run.RunListAsync(tasks, run.Input, run.Frame, cancellation);
        var length = run.Length(limit);
        return await TimeLimits.RunAsync(
            run.Workflow,
            run.Now + length,
            (due, inner) => run.RunListAsync(tasks, run.Input, run.Frame.Until(due), inner),
            () => run.Failure(StandardErrors.Timeout, $"an attempt took longer than {Descriptors.Iso8601(length)}"),
            cancellation);
    }

    private async Task<TaskOutcome> HandleAsync(TaskRun run, WorkflowError error, CancellationToken cancellation)
    {
        run.Observe(RunMoment.Caught, value: error.ToJson());
        if (clause.Do is null) return new TaskOutcome(run.Input, clause.Then);
        var outcome = await run.RunListAsync(clause.Do, run.Input, FrameOf(run, error), cancellation);
        return outcome with { Directive = clause.Then };
    }

    /// <summary>The frame with the error under its name.</summary>
    private Frame FrameOf(TaskRun run, WorkflowError error) => run.Frame.With(clause.Variable, error.ToJson());

    /// <summary>How long to wait before the next attempt; null when there is none.</summary>
    private TimeSpan? NextDelay(TaskRun run, WorkflowError error, int retries, DateTimeOffset firstStart) =>
        clause.Retry is { } policy
            ? RetrySchedule.Next(run, policy, retries, firstStart, run.Frame.With(clause.RetryVariable, error.ToJson()))
            : null;
}
