using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>emit</c>: publishes a CloudEvent (1.0.2) and gives it as the output. <c>id</c>, <c>time</c>, <c>source</c> and
/// <c>specversion</c> are set where the definition leaves them out.
/// </summary>
internal sealed class EmitTask(TaskHead head, ValueTemplate attributes) : WorkflowTask(head)
{
    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["emit"]!, reader.Context, "'emit'", ["event"]) is not { } emit) return null;
        if (emit.Require("event") is not { } node || Fields.Of(node, reader.Context, "emit.event", ["with"]) is not { } fields) return null;
        if (fields.Require("with") is not { } with) return null;
        if (with is not Yaml.YamlMapping map)
        {
            reader.Context.Sink.Error(with.Position, $"'with' must be a map, not {with.KindName}");
            return null;
        }

        if (map.Find("type") is null) reader.Context.Sink.Error(map.Position, "emit.event.with needs 'type'");
        return reader.Template(map) is { } attributes ? new EmitTask(reader.Head, attributes) : null;
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var given = run.Render(attributes);
        if (given["type"].AsString() is not { Length: > 0 })
            throw run.Failure(StandardErrors.Expression, "the type of the event to emit is not a text");
        var cloudEvent = run.Workflow.NewEvent();
        foreach (var (name, value) in given.Properties)
        {
            if (!value.IsNull) cloudEvent = cloudEvent.With(name, value);
        }

        await run.EmitAsync(cloudEvent, cancellation);
        return new TaskOutcome(cloudEvent);
    }
}
