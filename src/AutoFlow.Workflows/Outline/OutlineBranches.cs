using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Outline;

/// <summary>A way that a run may take.</summary>
/// <param name="Task">The task's JSON pointer; <c>/</c> for the workflow itself.</param>
/// <param name="Moment">What a run shows when it takes it.</param>
/// <param name="Detail">Which of several; null where there is but one.</param>
/// <param name="Position">Where it stands in the file.</param>
/// <param name="Text">What it is, as <c>case 'found' of 'whichOrder'</c>.</param>
public sealed record OutlineBranch(string Task, RunMoment Moment, string? Detail, SourcePosition Position, string Text);

/// <summary>Lists the branches of a definition: what a set of scenarios should go through.</summary>
public static class OutlineBranches
{
    /// <summary>Every branch in the order of the file.</summary>
    public static IReadOnlyList<OutlineBranch> Of(DefinitionOutline outline)
    {
        ArgumentNullException.ThrowIfNull(outline);
        var branches = outline.AllTasks.SelectMany(Of);
        if (outline.Limit is { } limit)
            branches = branches.Append(new OutlineBranch("/", RunMoment.TimedOut, null, limit.Position, "time limit of the workflow"));
        return [.. branches.OrderBy(static b => b.Position)];
    }

    private static IEnumerable<OutlineBranch> Of(OutlineTask task)
    {
        yield return Branch(RunMoment.Entered, task.Position, $"task '{task.Name}'");
        if (task.Condition is not null) yield return Branch(RunMoment.PassedOver, task.Position, $"'{task.Name}' passed over");
        if (task.Limit is { } limit) yield return Branch(RunMoment.TimedOut, limit.Position, $"time limit of '{task.Name}'");
        if (task.Keyword == "for")
        {
            yield return Branch(RunMoment.Looped, task.Position, $"'{task.Name}' with items");
            yield return Branch(RunMoment.NothingToLoop, task.Position, $"'{task.Name}' without items");
        }

        foreach (var one in task.Cases)
            yield return Branch(RunMoment.CaseTaken, one.Position, $"case '{one.Name}' of '{task.Name}'", one.Name);
        if (task.Keyword == "switch" && task.Cases.All(static c => c.When is not null))
            yield return Branch(RunMoment.NoCaseTaken, task.Position, $"no case of '{task.Name}'");
        for (var i = 0; i < task.AnyOf.Count; i++)
        {
            var text = $"event {task.AnyOf[i].Type} of '{task.Name}'";
            yield return Branch(RunMoment.EventTaken, task.AnyOf[i].Position, text, $"{i}");
        }

        if (task.Catch is not { } clause) yield break;
        yield return Branch(RunMoment.TriedWell, task.Position, $"'{task.Name}' without an error");
        if (clause.Retries) yield return Branch(RunMoment.Retried, clause.Position, $"retry of '{task.Name}'");
        if (clause.Retries && !clause.Handles) yield return Branch(RunMoment.RetrySpent, clause.Position, $"retry of '{task.Name}' spent");
        if (clause.Handles || !clause.Retries) yield return Branch(RunMoment.Caught, clause.Position, $"catch of '{task.Name}'");

        OutlineBranch Branch(RunMoment moment, SourcePosition position, string text, string? detail = null) =>
            new(task.Reference, moment, detail, position, text);
    }
}
