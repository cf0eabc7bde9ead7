using AutoFlow.Workflows.Outline;

namespace AutoFlow.Cli.Graph;

/// <summary>The words on a task's node.</summary>
internal static class TaskWords
{
    private const int Longest = 46;

    /// <summary>The lines under the task's name: what it does, when, how long, what it catches.</summary>
    public static IReadOnlyList<string> Lines(OutlineTask task) => [.. All(task).Select(Shortened)];

    /// <summary>Everything about the task, unshortened.</summary>
    public static string Full(OutlineTask task) => string.Join('\n', All(task).Prepend(task.Name));

    public static string Shortened(string text) => text.Length <= Longest ? text : text[..(Longest - 1)].TrimEnd() + "…";

    private static IEnumerable<string> All(OutlineTask task)
    {
        if (task.Keyword is not ("do" or "try" or "switch") || task.Subject.Length > 0) yield return $"{task.Keyword} {task.Subject}".TrimEnd();
        if (task.Condition is { } condition) yield return $"if {condition}";
        if (task.Limit is { } limit) yield return $"within {limit.After}";
        if (task.Catch is { Retries: true } clause) yield return $"tries again on {(clause.Errors.Length > 0 ? clause.Errors : "any error")}";
    }
}
