namespace AutoFlow.Workflows.Expressions;

/// <summary>Which runtime arguments an expression may use, by the stage it runs in (OWS dsl.md, "Runtime expression arguments").</summary>
internal static class ExpressionStage
{
    public static readonly IReadOnlyList<string> WorkflowInput = ["secrets", "workflow", "runtime"];

    /// <summary>A task's <c>if</c> and <c>input.from</c>, before the task's input exists.</summary>
    public static readonly IReadOnlyList<string> BeforeTask = ["context", "secrets", "task", "workflow", "runtime"];

    /// <summary>The task's own properties and its <c>output.as</c>.</summary>
    public static readonly IReadOnlyList<string> Task = ["context", "input", "secrets", "authorization", "task", "workflow", "runtime"];

    /// <summary>An authentication policy, which decides what <c>$authorization</c> is.</summary>
    public static readonly IReadOnlyList<string> Authentication = ["context", "input", "secrets", "task", "workflow", "runtime"];

    public static readonly IReadOnlyList<string> Export =
        ["context", "input", "output", "secrets", "authorization", "task", "workflow", "runtime"];

    public static readonly IReadOnlyList<string> WorkflowOutput = ["context", "secrets", "workflow", "runtime"];

    /// <summary>Names that a loop or a catch may not take for a variable of its own.</summary>
    public static readonly IReadOnlyList<string> Reserved =
        ["context", "input", "output", "task", "workflow", "runtime", "secrets", "authorization"];
}
