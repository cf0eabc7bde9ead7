using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Execution;

/// <summary>Performs lists of tasks, following their flow directives.</summary>
internal static class TaskListRunner
{
    /// <summary>Performs the list; each task is given the output of the one before.</summary>
    /// <param name="frame">The frame of the list's owner.</param>
    public static async Task<TaskOutcome> RunAsync(
        WorkflowRun run, TaskList list, JqValue input, Frame frame, CancellationToken cancellation)
    {
        var visits = new int[list.Tasks.Count];
        var data = input;
        var index = 0;
        while (index < list.Tasks.Count)
        {
            var task = list.Tasks[index];
            var visit = visits[index]++;
            var key = JsonPointer.Append($"{frame.Key}/{list.Segment}", index, task.Head.Name) + (visit == 0 ? "" : $"#{visit}");
            var (output, next, ended, _) = await TaskRunner.RunAsync(run, task, data, frame with { Key = key }, cancellation);
            data = output;
            if (ended || next is { Kind: FlowKind.End }) return new TaskOutcome(data, Ended: true);
            if (next is { Kind: FlowKind.Exit }) return new TaskOutcome(data, Exited: true);
            index = next is { Kind: FlowKind.Task } ? list.IndexOf(next.Target!) : index + 1;
        }

        return new TaskOutcome(data);
    }
}
