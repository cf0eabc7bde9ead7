using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Warns of tasks that nothing leads to.</summary>
internal static class Reachability
{
    public static void Check(ParseContext context, IReadOnlyList<WorkflowTask> tasks)
    {
        var reached = new bool[tasks.Count];
        var open = new Stack<int>();
        Visit(0);
        while (open.TryPop(out var index))
        {
            foreach (var next in Successors(tasks, index)) Visit(next);
        }

        for (var i = 0; i < tasks.Count; i++)
        {
            if (reached[i]) continue;
            context.Sink.Warning(
                tasks[i].Head.Position,
                $"task '{tasks[i].Head.Name}' is never reached",
                "go to it with then:, or remove it");
        }

        void Visit(int index)
        {
            if (index >= tasks.Count || reached[index]) return;
            reached[index] = true;
            open.Push(index);
        }
    }

    private static IEnumerable<int> Successors(IReadOnlyList<WorkflowTask> tasks, int index)
    {
        var task = tasks[index];
        // A task whose condition is false is passed over: the next in order runs.
        if (task.Head.If is not null) yield return index + 1;
        var directives = task.Completes ? task.Branches.Append(task.Head.Then) : task.Branches;
        foreach (var directive in directives)
        {
            if (directive.Kind == FlowKind.Continue) yield return index + 1;
            if (directive.Kind != FlowKind.Task) continue;
            for (var i = 0; i < tasks.Count; i++)
            {
                if (tasks[i].Head.Name == directive.Target) yield return i;
            }
        }
    }
}
