using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>do</c>: tasks in sequence; the last one's output is the output.</summary>
internal sealed class DoTask(TaskHead head, TaskList tasks) : WorkflowTask(head)
{
    public override IEnumerable<TaskList> Lists => [tasks];

    public static WorkflowTask? Read(TaskReader reader) =>
        reader.List("do", "do", []) is { } tasks ? new DoTask(reader.Head, tasks) : null;

    public override Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation) =>
        run.RunListAsync(tasks, run.Input, run.Frame, cancellation);
}
