using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Execution;

/// <summary>One performance of an event consumption strategy: which of its filters still want an event, and which values they expect.</summary>
internal sealed class EventConsumption
{
    private readonly TaskRun _run;
    private readonly EventStrategy _strategy;
    private readonly SortedDictionary<string, JqValue> _correlated;
    private readonly List<OpenFilter> _open;
    private readonly EventConsumption? _until;
    private bool _done;

    public EventConsumption(TaskRun run, EventStrategy strategy)
        : this(run, strategy, new SortedDictionary<string, JqValue>(StringComparer.Ordinal))
    {
    }

    private EventConsumption(TaskRun run, EventStrategy strategy, SortedDictionary<string, JqValue> correlated)
    {
        (_run, _strategy, _correlated) = (run, strategy, correlated);
        _open = [.. strategy.Filters.Select(f => new OpenFilter(f, TypeOf(f), ExpectationsOf(f)))];
        _until = strategy.UntilEvents is { } until ? new EventConsumption(run, until, correlated) : null;
    }

    /// <summary>The values of the correlations that were met so far, by name.</summary>
    public JqValue Correlated => JqValue.FromObject(_correlated);

    private IEnumerable<string> Names => _open.SelectMany(NamesOf).Concat(_until?.Names ?? []);

    /// <summary>Consumes the next event, waiting for it; null when the strategy has all it needs, but for its condition.</summary>
    public async Task<JqValue?> NextAsync(CancellationToken cancellation)
    {
        while (!_done)
        {
            IReadOnlyList<string> names = [.. Names.Distinct(StringComparer.Ordinal)];
            var taken = await _run.TakeEventAsync(names, Wants, cancellation);
            if (_until?.First(taken) is not null)
            {
                _done = _until.Consume(taken);
                continue;
            }

            if (_strategy is { Mode: EventMode.Any, Filters.Count: > 1 }) _run.Observe(RunMoment.EventTaken, $"{_open.IndexOf(First(taken)!)}");
            _done = Consume(taken) && _strategy is { UntilCondition: null, UntilEvents: null };
            return taken;
        }

        return null;
    }

    /// <summary>Whether the strategy would consume an event now.</summary>
    public bool Wants(JqValue cloudEvent) => _until?.First(cloudEvent) is not null || First(cloudEvent) is not null;

    /// <summary>Notes an event that is wanted; true when every filter that must have one has had it.</summary>
    private bool Consume(JqValue cloudEvent)
    {
        var open = First(cloudEvent)!;
        foreach (var correlation in open.Filter.Correlations) _correlated.TryAdd(correlation.Key, _run.Evaluate(correlation.From, cloudEvent));
        if (_strategy.Mode != EventMode.All) return true;
        _open.Remove(open);
        return _open.Count == 0;
    }

    private OpenFilter? First(JqValue cloudEvent) => _open.Find(open => Matches(open, cloudEvent));

    private bool Matches(OpenFilter open, JqValue cloudEvent)
    {
        try
        {
            return open.Filter.Matches(cloudEvent, open.Type, (expression, value) => _run.Evaluate(expression, value))
                && open.Filter.Correlations.All(c => Correlates(c, open.Expected.GetValueOrDefault(c.Key), _run.Evaluate(c.From, cloudEvent)));
        }
        catch (WorkflowErrorException e)
        {
            // Events come from outside: one of an unforeseen form must not fault the workflow.
            _run.LogUnfit(e);
            return false;
        }
    }

    /// <summary>An event without the value correlates with nothing; the first value consumed is what the rest must have.</summary>
    private bool Correlates(Correlation correlation, JqValue? expected, JqValue value) =>
        !value.IsNull && value == (expected ?? _correlated.GetValueOrDefault(correlation.Key) ?? value);

    private Dictionary<string, JqValue> ExpectationsOf(EventFilter filter) => filter.Correlations
        .Where(static c => c.Expect is not null)
        .ToDictionary(static c => c.Key, c => _run.Render(c.Expect!), StringComparer.Ordinal);

    private string? TypeOf(EventFilter filter)
    {
        if (filter.TypeExpression is not { } expression) return filter.Type;
        var type = _run.Evaluate(expression, _run.Input);
        return type.AsString()
            ?? throw _run.Failure(StandardErrors.Expression, $"the type of an event filter gave a value of type {type.TypeName}, not text");
    }

    private IEnumerable<string> NamesOf(OpenFilter open) => open.Type is { } type
        ? [EventTypes.NameOf(_run.Workflow.EventTypes, type)]
        : _run.Workflow.EventTypes;

    /// <summary>A filter that still wants an event, its expressions evaluated.</summary>
    /// <param name="Type">The type the event must have; null for any.</param>
    /// <param name="Expected">The values that correlations expect, by name, where the definition gives them.</param>
    private sealed record OpenFilter(EventFilter Filter, string? Type, IReadOnlyDictionary<string, JqValue> Expected);
}
