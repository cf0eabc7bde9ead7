using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Model;

/// <summary>Tasks performed in sequence.</summary>
/// <param name="Segment">The property that holds the list, the last part of its JSON pointer: <c>do</c>, <c>try</c>, …</param>
/// <param name="Tasks">The tasks in the file's order.</param>
internal sealed record TaskList(string Segment, IReadOnlyList<WorkflowTask> Tasks)
{
    private readonly Dictionary<string, int> _indexes = Tasks
        .Select(static (task, index) => (task.Head.Name, index))
        .DistinctBy(static x => x.Name)
        .ToDictionary(static x => x.Name, static x => x.index, StringComparer.Ordinal);

    /// <summary>The place of the task with this name; the parser has made sure that it exists.</summary>
    public int IndexOf(string name) => _indexes[name];

}
