using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>raise</c>: fails with an error, written in place or named under <c>use.errors</c>.</summary>
internal sealed class RaiseTask(TaskHead head, ErrorTemplate error) : WorkflowTask(head)
{
    public override bool Completes => false;

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["raise"]!, reader.Context, "'raise'", ["error"]) is not { } fields) return null;
        if (fields.Require("error") is not { } node) return null;
        var error = node is YamlScalar { IsText: true } name
            ? Reference.Find(reader.Context, name, reader.Context.Use.Errors, "error", "use.errors")
            : ErrorReader.Error(reader.Context, node, reader.Variables);
        return error is null ? null : new RaiseTask(reader.Head, error);
    }

    public override Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var type = Text(run.Render(error.Type));
        var status = run.Render(error.Status).AsNumber();
        if (type is null || status is null || status != Math.Floor(status.Value) || Math.Abs(status.Value) > int.MaxValue)
            throw run.Failure(StandardErrors.Expression, "the error to raise needs a text for 'type' and a whole number for 'status'");
        throw new WorkflowErrorException(new WorkflowError(type, (int)status.Value)
        {
            Title = error.Title is null ? null : Text(run.Render(error.Title)),
            Detail = error.Detail is null ? null : Text(run.Render(error.Detail)),
            Instance = run.Reference,
        });
    }

    private static string? Text(JqValue value) => value.Kind switch
    {
        JqKind.Null => null,
        JqKind.String => value.AsString(),
        _ => value.ToJson(),
    };
}
