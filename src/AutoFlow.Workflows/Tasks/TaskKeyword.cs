using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary>A keyword that makes a task what it is.</summary>
/// <param name="Name">The keyword.</param>
/// <param name="Properties">The properties the task may have besides those of every task.</param>
/// <param name="Read">Reads the task; null (and an error) when it is wrong.</param>
internal sealed record TaskKeyword(string Name, IReadOnlyList<string> Properties, Func<TaskReader, WorkflowTask?> Read)
{
    /// <summary>Every keyword of the language (OWS dsl.md, "Task").</summary>
    public static IReadOnlyList<TaskKeyword> All { get; } =
    [
        new("call", ["call", "with"], CallTask.Read),
        new("do", ["do"], DoTask.Read),
        new("emit", ["emit"], EmitTask.Read),
        new("for", ["for", "while", "do"], ForTask.Read),
        new("fork", ["fork"], ForkTask.Read),
        new("listen", ["listen", "foreach"], ListenTask.Read),
        new("raise", ["raise"], RaiseTask.Read),
        new("run", ["run"], RunTask.Read),
        new("set", ["set"], SetTask.Read),
        new("switch", ["switch"], SwitchTask.Read),
        new("try", ["try", "catch"], TryTask.Read),
        new("wait", ["wait"], WaitTask.Read),
    ];
}
