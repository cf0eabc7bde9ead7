using AutoFlow.Workflows.Diagnostics;

namespace AutoFlow.Workflows.Model;

internal enum FlowKind
{
    /// <summary>Go on with the next task of the list.</summary>
    Continue,

    /// <summary>Complete the list the task stands in.</summary>
    Exit,

    /// <summary>Complete the workflow.</summary>
    End,

    /// <summary>Go on with a named task of the same list.</summary>
    Task,
}

/// <summary>Where to go after a task (OWS dsl-reference.md, "Flow Directive").</summary>
internal sealed record FlowDirective(FlowKind Kind, string? Target, SourcePosition Position)
{
    public static readonly FlowDirective Continue = new(FlowKind.Continue, null, SourcePosition.Start);

    public static readonly IReadOnlyList<string> Words = ["continue", "exit", "end"];
}
