using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary>
/// <c>listen</c>: waits for events; the output is the array of those consumed, in the order they were consumed. With <c>foreach</c>
/// its tasks are performed for each event, on the listen's input, before the next event is consumed, and the output is the array of
/// what they gave.
/// </summary>
internal sealed class ListenTask(TaskHead head, EventStrategy strategy, string read, SubscriptionIterator? iterator = null) : WorkflowTask(head)
{
    public override IEnumerable<TaskList> Lists => iterator?.Do is { } tasks ? [tasks] : [];

    public static WorkflowTask? Read(TaskReader reader)
    {
        var iterator = IteratorReader.Read(reader);
        if (Fields.Of(reader.Fields["listen"]!, reader.Context, "'listen'", ["to", "read"]) is not { } fields) return null;
        var read = fields.Word("read", CloudEvents.ReadModes) ?? CloudEvents.ReadModes[0];
        var events = new EventReader(reader.Context, reader.Variables, reader.Context.EventTypes);
        if (fields.Require("to") is not { } to || events.Strategy(to, "to") is not { } strategy) return null;
        reader.Context.EventFilters.AddRange([.. strategy.Filters, .. strategy.UntilEvents?.Filters ?? []]);
        return new ListenTask(reader.Head, strategy, read, iterator);
    }

    /// <summary>The strategy, begun anew.</summary>
    public EventConsumption Begin(TaskRun run) => new(run, strategy);

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var consumption = Begin(run);
        if (strategy.Correlates) run.Workflow.Lifecycle.CorrelationStarted();
        var (consumed, outputs) = (new List<JqValue>(), new List<JqValue>());
        while (await consumption.NextAsync(cancellation) is { } cloudEvent)
        {
            var item = CloudEvents.Read(cloudEvent, read);
            consumed.Add(item);
            var outcome = iterator is null
                ? new TaskOutcome(item)
                : await IterateAsync(run, iterator, item, consumed.Count - 1, cancellation);
            if (outcome.Ended) return outcome;
            outputs.Add(outcome.Output);
            if (strategy.UntilCondition is { } condition && run.Holds(condition, JqValue.FromArray(consumed))) break;
        }

        if (strategy.Correlates) run.Workflow.Lifecycle.CorrelationCompleted(consumption.Correlated);
        return new TaskOutcome(JqValue.FromArray(outputs));
    }

    private static async Task<TaskOutcome> IterateAsync(
        TaskRun run, SubscriptionIterator iterator, JqValue item, int index, CancellationToken cancellation)
    {
        var frame = run.Frame.Iteration(index).With(iterator.Item, item).With(iterator.At, JqValue.From(index));
        var outcome = iterator.Do is { } tasks ? await run.RunListAsync(tasks, run.Input, frame, cancellation) : new TaskOutcome(item);
        if (outcome.Ended) return outcome;
        var output = iterator.OutputAs is { } transformation ? run.Render(transformation, outcome.Output, frame) : outcome.Output;
        iterator.OutputSchema?.Require(output, run.Reference);
        var context = iterator.ExportAs is { } export ? run.Render(export, output, frame.With("output", output)) : null;
        iterator.ExportSchema?.Require(context ?? run.Workflow.Data, run.Reference);
        if (context is not null) run.Workflow.Data = context;
        return new TaskOutcome(output);
    }
}
