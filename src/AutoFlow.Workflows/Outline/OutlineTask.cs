using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Workflows.Outline;

/// <summary>A task as its author sees it: what it is called, what it does, where it goes. Made to be shown, not to be run.</summary>
/// <param name="Name">The task's name in its list.</param>
/// <param name="Reference">The task's JSON pointer in the definition.</param>
/// <param name="Keyword">The keyword that makes it what it is, as <c>call</c>.</param>
/// <param name="Position">Where the name stands in the file.</param>
public sealed record OutlineTask(string Name, string Reference, string Keyword, SourcePosition Position)
{
    /// <summary>What the task does it to, as the function's name; empty where the keyword says all.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The name of the workflow that the task runs; null for every other task.</summary>
    public string? Child { get; init; }

    /// <summary>The expression of <c>if</c>; null without one.</summary>
    public string? Condition { get; init; }

    /// <summary>The time limit as written; null without one.</summary>
    public OutlineLimit? Limit { get; init; }

    /// <summary>Where to go next: <c>continue</c>, <c>exit</c>, <c>end</c>, or a task of the same list.</summary>
    public string Then { get; init; } = "continue";

    /// <summary>The cases of a switch, in their order.</summary>
    public IReadOnlyList<OutlineCase> Cases { get; init; } = [];

    /// <summary>The <c>catch</c> of a try; null for every other task.</summary>
    public OutlineCatch? Catch { get; init; }

    /// <summary>The event types of a listen to any of several, in their order; empty for every other task.</summary>
    public IReadOnlyList<OutlineFilter> AnyOf { get; init; } = [];

    /// <summary>The lists of tasks inside, in the definition's order.</summary>
    public IReadOnlyList<OutlineList> Lists { get; init; } = [];

    /// <summary>The task and every task inside it, in the definition's order.</summary>
    public IEnumerable<OutlineTask> WithInner() => Lists.SelectMany(static l => l.Tasks).SelectMany(static t => t.WithInner()).Prepend(this);
}

/// <summary>Tasks inside a task.</summary>
/// <param name="Segment">The pointer from the task to the list: <c>do</c>, <c>try</c>, <c>catch/do</c>, <c>fork/branches</c>, <c>foreach/do</c>.</param>
/// <param name="Tasks">The tasks in their order.</param>
public sealed record OutlineList(string Segment, IReadOnlyList<OutlineTask> Tasks);

/// <summary>A case of a switch.</summary>
/// <param name="When">The expression; null for the case that is taken when no other is.</param>
/// <param name="Then">Where to go.</param>
public sealed record OutlineCase(string Name, SourcePosition Position, string? When, string Then);

/// <summary>A <c>catch</c>.</summary>
/// <param name="Errors">Which errors it takes, in few words; empty for all.</param>
/// <param name="Retries">Whether it tries again.</param>
/// <param name="Handles">Whether it has <c>do</c> or <c>then</c>; without both, a retry that is spent passes the error on.</param>
/// <param name="Then">Where to go when the error is handled; null where nothing is said.</param>
public sealed record OutlineCatch(SourcePosition Position, string Errors, bool Retries, bool Handles, string? Then);

/// <summary>A time limit.</summary>
/// <param name="After">The duration as written.</param>
public sealed record OutlineLimit(SourcePosition Position, string After);

/// <summary>A filter of a listen to any of several events.</summary>
/// <param name="Type">The event type; <c>*</c> for any.</param>
public sealed record OutlineFilter(SourcePosition Position, string Type);
