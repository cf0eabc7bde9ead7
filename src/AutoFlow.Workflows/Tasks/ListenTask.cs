using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Tasks;

/// <summary><c>listen</c>: waits for events; the output is the array of those consumed, in the order they were consumed.</summary>
internal sealed class ListenTask(TaskHead head, EventStrategy strategy, string read) : WorkflowTask(head)
{
    private static readonly string[] ReadModes = ["data", "envelope", "raw"];

    public static WorkflowTask? Read(TaskReader reader)
    {
        if (reader.Fields.Has("foreach")) reader.Context.Sink.NotSupported(reader.Fields.KeyPosition("foreach"), "listen foreach");
        if (Fields.Of(reader.Fields["listen"]!, reader.Context, "'listen'", ["to", "read"]) is not { } fields) return null;
        var read = fields.Word("read", ReadModes) ?? "data";
        return fields.Require("to") is { } to && EventReader.Strategy(reader.Context, to, "to", reader.Variables) is { } strategy
            ? new ListenTask(reader.Head, strategy, read)
            : null;
    }

    public override async Task<TaskOutcome> ExecuteAsync(TaskRun run, CancellationToken cancellation)
    {
        var consumed = new List<JqValue>();
        var open = new OpenStrategy(run, strategy);
        var until = strategy.UntilEvents is { } events ? new OpenStrategy(run, events) : null;
        while (true)
        {
            IReadOnlyList<string> types = [.. open.Types.Concat(until?.Types ?? []).Distinct(StringComparer.Ordinal)];
            var taken = await run.TakeEventAsync(types, e => (until?.Wants(e) ?? false) || open.Wants(e), cancellation);
            if (until is not null && until.Wants(taken))
            {
                if (until.Consume(taken)) return Outcome(consumed);
                continue;
            }

            consumed.Add(Value(taken));
            if (Done(run, open, taken, consumed)) return Outcome(consumed);
        }
    }

    private static TaskOutcome Outcome(IEnumerable<JqValue> consumed) => new(JqValue.FromArray(consumed));

    private bool Done(TaskRun run, OpenStrategy open, JqValue taken, IEnumerable<JqValue> consumed)
    {
        var complete = open.Consume(taken);
        if (strategy.UntilCondition is { } condition) return run.Holds(condition, JqValue.FromArray(consumed));
        return strategy.UntilEvents is null && complete;
    }

    private JqValue Value(JqValue cloudEvent) => read switch
    {
        "envelope" => cloudEvent,
        "raw" => CloudEvents.RawData(cloudEvent),
        _ => CloudEvents.Data(cloudEvent),
    };

    /// <summary>A strategy and which of its filters still want an event.</summary>
    private sealed class OpenStrategy(TaskRun run, EventStrategy strategy)
    {
        private readonly List<EventFilter> _filters = [.. strategy.Filters];

        public IEnumerable<string> Types => _filters.Select(static f => f.Type);

        public bool Wants(JqValue cloudEvent) => First(cloudEvent) is not null;

        /// <summary>Notes an event that is wanted; true when the strategy has all it needs.</summary>
        public bool Consume(JqValue cloudEvent)
        {
            if (strategy.Mode != EventMode.All) return true;
            _filters.Remove(First(cloudEvent)!);
            return _filters.Count == 0;
        }

        private EventFilter? First(JqValue cloudEvent) => _filters.Find(filter => Matches(filter, cloudEvent));

        private bool Matches(EventFilter filter, JqValue cloudEvent)
        {
            try
            {
                return filter.Matches(cloudEvent, (expression, value) => run.Evaluate(expression, value));
            }
            catch (WorkflowErrorException e)
            {
                // Events come from outside: one of an unforeseen form must not fault the workflow.
                run.LogUnfit(e);
                return false;
            }
        }
    }
}
