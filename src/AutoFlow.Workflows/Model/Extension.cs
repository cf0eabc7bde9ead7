using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Model;

/// <summary>Tasks before and after other tasks (OWS dsl-reference.md, "Extension").</summary>
/// <param name="Name">Its name.</param>
/// <param name="Index">Its place under <c>use.extensions</c>.</param>
/// <param name="Extends">The keyword of the tasks it extends, <see cref="Composite"/> or <see cref="All"/>.</param>
/// <param name="When">Whether it applies, asked on the task's input; null for always.</param>
internal sealed record Extension(string Name, int Index, string Extends, RuntimeExpression? When, TaskList? Before, TaskList? After)
{
    public const string All = "all";

    /// <summary>Tasks that only hold other tasks: <c>do</c> and <c>fork</c>.</summary>
    public const string Composite = "composite";

    /// <summary>Whether it is meant for tasks with this keyword.</summary>
    public bool IsFor(string keyword) => Extends == All || Extends == keyword || (Extends == Composite && keyword is ("do" or "fork"));
}
