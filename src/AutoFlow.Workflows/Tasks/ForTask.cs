using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>for</c>: the list once per item of a collection, each iteration on the output of the one before. <c>while</c> is asked before
/// each iteration; <c>exit</c> inside completes one iteration. Without items the output is the input.
/// </summary>
internal sealed class ForTask(
    TaskHead head, string each, string at, ValueTemplate items, RuntimeExpression? condition, TaskList tasks) : WorkflowTask(head)
{
    public override IEnumerable<TaskList> Lists => [tasks];

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (Fields.Of(reader.Fields["for"]!, reader.Context, "'for'", ["each", "in", "at"]) is not { } loop) return null;
        var each = reader.Variable(loop, "each", "item");
        var at = reader.Variable(loop, "at", "index");
        if (each == at) reader.Context.Sink.Error(loop.Position, $"'each' and 'at' are both '{each}'", "give them two names");
        var items = loop.Require("in") switch
        {
            null => null,
            YamlSequence list => reader.Template(list),
            var node when ExpressionReader.Expression(reader.Context, node, "for.in", reader.Variables) is { } found => new ExpressionTemplate(found),
            _ => null,
        };
        var condition = reader.Fields["while"] is { } test
            ? ExpressionReader.Expression(reader.Context, test, "while", reader.With([each, at]))
            : null;
        var tasks = reader.List("do", "do", [each, at]);
        return items is null || tasks is null ? null : new ForTask(reader.Head, each, at, items, condition, tasks);
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var collection = run.Render(items);
        if (collection.Kind != JqKind.Array)
            throw run.Failure(StandardErrors.Expression, $"for.in gave a value of type {collection.TypeName}, not an array");
        run.Observe(collection.Items.Count == 0 ? RunMoment.NothingToLoop : RunMoment.Looped);
        var data = run.Input;
        for (var index = 0; index < collection.Items.Count; index++)
        {
            var frame = run.Frame.Iteration(index).With(each, collection.Items[index]).With(at, JqValue.From(index));
            if (condition is not null && !run.Holds(condition, data, frame)) break;
            var outcome = await run.RunListAsync(tasks, data, frame, cancellation);
            if (outcome.Ended) return outcome;
            data = outcome.Output;
        }

        return new TaskOutcome(data);
    }
}
