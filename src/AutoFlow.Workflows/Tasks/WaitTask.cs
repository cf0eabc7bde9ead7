using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>wait</c>: a pause; the output is the input.</summary>
internal sealed class WaitTask(TaskHead head, WorkflowDuration duration) : WorkflowTask(head)
{
    public static WorkflowTask? Read(TaskReader reader) =>
        DurationReader.Duration(reader.Context, reader.Fields["wait"]!, "wait", reader.Variables) is { } duration
            ? new WaitTask(reader.Head, duration)
            : null;

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        await run.WaitAsync(run.Length(duration), cancellation);
        return new TaskOutcome(run.Input);
    }
}
