using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>set</c>: the output is the value given, a map with expressions in it or one expression.</summary>
internal sealed class SetTask(TaskHead head, ValueTemplate value) : WorkflowTask(head)
{
    public static WorkflowTask? Read(TaskReader reader)
    {
        var node = reader.Fields["set"]!;
        switch (node)
        {
            case YamlMapping { Entries.Count: 0 }:
                reader.Context.Sink.Error(node.Position, "'set' needs at least one property");
                return null;
            case YamlMapping or YamlScalar { Value.Kind: JqKind.String }:
                return reader.Template(node) is { } value ? new SetTask(reader.Head, value) : null;
            default:
                reader.Context.Sink.Error(node.Position, $"'set' must be a map or an expression, not {node.KindName}");
                return null;
        }
    }

    public override Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation) =>
        Task.FromResult(new TaskOutcome(run.Render(value)));
}
