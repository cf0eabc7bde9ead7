using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>run: workflow</c>: another workflow as a child; its output is the output, or the input where it is not awaited.</summary>
internal sealed class RunTask(TaskHead head, WorkflowIdentity workflow, ValueTemplate? input, bool awaited) : WorkflowTask(head)
{
    private static readonly Dictionary<string, string> NotYet = new(StringComparer.Ordinal)
    {
        ["container"] = "run container",
        ["script"] = "run script",
        ["shell"] = "run shell",
        ["return"] = "run return",
    };

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["run"]!, reader.Context, "'run'", ["workflow", "await"], NotYet) is not { } run) return null;
        if (NotYet.Keys.Any(run.Has)) return null;
        var awaited = run.Boolean("await") ?? true;
        if (run.Require("workflow") is not { } node) return null;
        if (Fields.Of(node, reader.Context, "run.workflow", ["namespace", "name", "version", "input"]) is not { } fields) return null;
        var (ns, name, version) = (fields.Text("namespace", true), fields.Text("name", true), fields.Scalar("version", true));
        if (version is not null && version.Text != WorkflowReference.Latest && SemanticVersion.Parse(version.Text) is null)
        {
            reader.Context.Sink.Error(
                version.Position, $"'{version.Text}' is no semantic version", "write it as 1.0.0, or latest");
        }

        var input = fields["input"] is { } given ? reader.Template(given) : null;
        if (ns is null || name is null || version is null || (input is null && fields.Has("input"))) return null;
        return new RunTask(reader.Head, new WorkflowIdentity(ns, name, version.Text), input, awaited);
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var given = input is null ? JqValue.EmptyObject : run.Render(input);
        var output = await run.RunWorkflowAsync(workflow, given, awaited, cancellation);
        return new TaskOutcome(awaited ? output : run.Input);
    }
}
