using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Model;

/// <summary>What every task has, whatever its keyword (OWS dsl-reference.md, "Task").</summary>
/// <param name="Name">The task's name in its list.</param>
/// <param name="Reference">The task's JSON pointer in the definition, as <c>/do/2/myTask</c>.</param>
/// <param name="Position">Where the name stands in the file.</param>
/// <param name="Definition">The task as JSON, for <c>$task.definition</c>.</param>
internal sealed record TaskHead(string Name, string Reference, SourcePosition Position, JqValue Definition)
{
    /// <summary>The keyword that makes the task what it is: <c>call</c>, <c>do</c>, …</summary>
    public string Keyword { get; init; } = "";

    public RuntimeExpression? If { get; init; }

    public ValueTemplate? InputFrom { get; init; }

    public ValueTemplate? OutputAs { get; init; }

    public ValueTemplate? ExportAs { get; init; }

    public DataSchema? InputSchema { get; init; }

    public DataSchema? OutputSchema { get; init; }

    public DataSchema? ExportSchema { get; init; }

    public TimeLimit? Timeout { get; init; }

    public FlowDirective Then { get; init; } = FlowDirective.Continue;
}
