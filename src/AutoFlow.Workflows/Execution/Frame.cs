using System.Collections.Immutable;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Execution;

/// <summary>The place of a task in a run: which execution of it this is, and what the loops and catches around it declare.</summary>
/// <param name="Key">The path of the execution: the task's pointer with iterations <c>[2]</c> and returns <c>#1</c> written in.</param>
/// <param name="Locals">The variables of loops and catches by name.</param>
/// <param name="Deadline">When the nearest time limit ends, UTC; null without one.</param>
/// <param name="Depth">How many inline functions are around.</param>
/// <param name="InExtension">Whether the task belongs to an extension.</param>
internal sealed record Frame(
    string Key, ImmutableDictionary<string, JqValue> Locals, DateTimeOffset? Deadline, int Depth, bool InExtension = false)
{
    public static Frame Root { get; } = new("", ImmutableDictionary<string, JqValue>.Empty, null, 0);

    public Frame Iteration(int index) => this with { Key = $"{Key}[{index}]" };

    public Frame With(string name, JqValue value) => this with { Locals = Locals.SetItem(name, value) };

    public Frame Until(DateTimeOffset due) => Deadline is { } sooner && sooner < due ? this : this with { Deadline = due };
}
