using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>fork</c>: branches beside each other, begun in the definition's order, each on the fork's input. The output is the array of
/// their outputs in the definition's order; with <c>compete</c> it is the output of the branch that is done first.
/// </summary>
/// <remarks>
/// What the specification leaves open: a branch that fails fails the fork, a competing one too, for an error that nobody caught ends
/// the tasks around it (dsl.md, "Task Flow"); <c>end</c> inside a branch ends the workflow with that branch's output. Whatever settles
/// the fork cancels the other branches: their timers and waits are given up, late answers are dropped. A branch that settles the fork
/// before it ever waits leaves the later branches unbegun. <c>$context</c> is one for all branches: the last export counts.
/// </remarks>
internal sealed class ForkTask(TaskHead head, TaskList branches, bool compete) : WorkflowTask(head)
{
    /// <summary>The branches, as one list.</summary>
    public override IEnumerable<TaskList> Lists => [branches];

    /// <summary>Whether the branches race each other.</summary>
    public bool Compete => compete;

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["fork"]!, reader.Context, "'fork'", ["branches", "compete"]) is not { } fields) return null;
        var compete = fields.Boolean("compete") ?? false;
        return reader.List("branches", "fork/branches", [], fields, concurrent: true) is { } branches
            ? new ForkTask(reader.Head, branches, compete)
            : null;
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        // Not disposed: branches that lose may still hold its token.
        var others = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var begun = new List<Task<TaskOutcome>>();
        var open = new List<Task<TaskOutcome>>();
        try
        {
            for (var index = 0; index < branches.Tasks.Count; index++)
            {
                var branch = RunAsync(run, index, others.Token);
                begun.Add(branch);
                open.Add(branch);
                if (branch.IsCompleted && await SettledByAsync(branch) is { } early) return early;
            }

            while (open.Count > 0)
            {
                if (await SettledByAsync(await Task.WhenAny(open)) is { } outcome) return outcome;
            }

            return new TaskOutcome(JqValue.FromArray((await Task.WhenAll(begun)).Select(static o => o.Output)));
        }
        finally
        {
            others.Cancel();
            foreach (var loser in open) _ = Race.ForgetAsync(loser);
        }

        // The fork's outcome, if this branch settles it; a branch that failed throws.
        async Task<TaskOutcome?> SettledByAsync(Task<TaskOutcome> done)
        {
            open.Remove(done);
            var outcome = await done;
            if (compete || outcome.Ended) return outcome;
            run.Workflow.ShowWait();
            return null;
        }
    }

    private async Task<TaskOutcome> RunAsync(TaskRun run, int index, CancellationToken cancellation)
    {
        var task = branches.Tasks[index];
        var key = JsonPointer.Append($"{run.Frame.Key}/{branches.Segment}", index, task.Head.Name);
        var outcome = await TaskRunner.RunAsync(run.Workflow, task, run.Input, run.Frame with { Key = key }, cancellation);
        return new TaskOutcome(outcome.Output, Ended: outcome.Ended || outcome.Directive is { Kind: FlowKind.End });
    }
}
