using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>switch</c>: the first case whose condition holds says where to go; the case without a condition is taken when no other is;
/// with neither, the task's own <c>then</c> holds. The output is the input.
/// </summary>
internal sealed class SwitchTask(TaskHead head, IReadOnlyList<SwitchTask.Case> cases) : WorkflowTask(head)
{
    internal sealed record Case(string Name, RuntimeExpression? When, FlowDirective Then);

    public override IEnumerable<FlowDirective> Branches => cases.Select(static c => c.Then);

    public override bool Completes => !cases.Any(static c => c.When is null);

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (reader.Fields.List("switch") is not { } list) return null;
        var sink = reader.Context.Sink;
        if (list.Items.Count == 0) sink.Error(list.Position, "'switch' needs at least one case");
        var cases = list.Items.Select(item => ReadCase(reader, item)).OfType<Case>().ToList();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var hasDefault = false;
        foreach (var entry in list.Items.OfType<YamlMapping>().SelectMany(static m => m.Entries))
        {
            if (!names.Add(entry.Name)) sink.Error(entry.Key.Position, $"two cases of this switch are named '{entry.Name}'");
            if (entry.Value is not YamlMapping body || body.Find("when") is not null) continue;
            if (hasDefault) sink.Error(entry.Key.Position, $"the case '{entry.Name}' has no 'when', and another case has none either");
            hasDefault = true;
        }

        return cases.Count == list.Items.Count ? new SwitchTask(reader.Head, cases) : null;
    }

    public override Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var taken = cases.FirstOrDefault(c => c.When is not null && run.Holds(c.When, run.Input))
            ?? cases.FirstOrDefault(static c => c.When is null);
        run.Observe(taken is null ? RunMoment.NoCaseTaken : RunMoment.CaseTaken, taken?.Name);
        return Task.FromResult(new TaskOutcome(run.Input, taken?.Then));
    }

    private static Case? ReadCase(TaskReader reader, YamlNode item)
    {
        if (item is not YamlMapping { Entries: [var entry] })
        {
            reader.Context.Sink.Error(item.Position, "a case must be a name with 'when' and 'then' under it");
            return null;
        }

        if (Fields.Of(entry.Value, reader.Context, $"case '{entry.Name}'", ["when", "then"]) is not { } fields) return null;
        var when = fields["when"] is { } condition
            ? ExpressionReader.Expression(reader.Context, condition, "when", reader.Variables)
            : null;
        var then = TransitionReader.Directive(fields, "then", reader.Siblings, required: true);
        return then is null || (when is null && fields.Has("when")) ? null : new Case(entry.Name, when, then);
    }
}
