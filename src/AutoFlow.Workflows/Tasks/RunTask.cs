using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>run: workflow</c>: another workflow as a child; its output is the output, or the input where it is not awaited.</summary>
internal sealed class RunTask(TaskHead head, WorkflowIdentity workflow, ValueTemplate? input, bool awaited) : WorkflowTask(head)
{
    private static readonly Dictionary<string, Refusal> Refused = new(StringComparer.Ordinal)
    {
        ["container"] = Refusals.RunContainer,
        ["script"] = Refusals.RunScript,
        ["shell"] = Refusals.RunShell,
        ["return"] = Refusals.RunReturn,
    };

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["run"]!, reader.Context, "'run'", ["workflow", "await", .. Refused.Keys]) is not { } run) return null;
        foreach (var (key, refusal) in Refused.Where(r => run.Has(r.Key)))
        {
            // Where a process is run, its refusal is reason enough.
            if (key != "return" || run.Has("workflow")) reader.Context.Sink.NotSupported(run.KeyPosition(key), refusal);
        }

        var awaited = run.Boolean("await") ?? true;
        if (Refused.Keys.Any(run.Has) && !run.Has("workflow")) return null;
        if (run.Require("workflow") is not { } node) return null;
        if (Fields.Of(node, reader.Context, "run.workflow", ["namespace", "name", "version", "input"]) is not { } fields) return null;
        var identity = DocumentReader.Identity(fields, WorkflowReference.Latest);
        var input = fields["input"] is { } given ? reader.Template(given) : null;
        return identity is null || (input is null && fields.Has("input")) ? null : new RunTask(reader.Head, identity, input, awaited);
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var given = input is null ? JqValue.EmptyObject : run.Render(input);
        var output = await run.RunWorkflowAsync(workflow, given, awaited, cancellation);
        return new TaskOutcome(awaited ? output : run.Input);
    }
}
