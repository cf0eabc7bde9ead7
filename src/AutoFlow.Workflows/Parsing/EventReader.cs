using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads event consumption strategies and their filters.</summary>
/// <param name="variables">The variables of expressions in filters.</param>
/// <param name="types">Collects the event types, <see cref="EventTypes.Any"/> for those that are not fixed.</param>
internal sealed class EventReader(ParseContext context, IReadOnlyList<string> variables, ISet<string> types)
{
    private static readonly string[] Modes = ["one", "any", "all"];

    /// <summary>A strategy; null when it has errors, which are in the sink.</summary>
    /// <param name="property">What holds the strategy, for messages.</param>
    public EventStrategy? Strategy(YamlNode node, string property)
    {
        if (Fields.Of(node, context, $"'{property}'", [.. Modes, "until"]) is not { } fields) return null;
        var chosen = Modes.Where(fields.Has).ToList();
        if (chosen.Count != 1)
        {
            context.Sink.Error(node.Position, $"'{property}' needs one of one, any, all");
            return null;
        }

        if (fields.Has("until") && chosen[0] != "any")
            context.Sink.Error(fields.KeyPosition("until"), "'until' belongs to 'any' only");
        else if (fields.Has("until") && property == "until")
            context.Sink.Error(fields.KeyPosition("until"), "'until' cannot have an 'until' of its own");
        if (chosen[0] == "one") return Filter(fields["one"]!) is { } filter ? new EventStrategy(EventMode.One, [filter]) : null;
        if (Filters(fields, chosen[0]) is not { } filters) return null;
        return chosen[0] == "all" ? new EventStrategy(EventMode.All, filters) : Any(fields, filters);
    }

    private EventStrategy? Any(Fields fields, IReadOnlyList<EventFilter> filters)
    {
        switch (fields["until"])
        {
            case null:
                return new EventStrategy(EventMode.Any, filters);
            case YamlMapping map:
                return Strategy(map, "until") is { } until ? new EventStrategy(EventMode.Any, filters, UntilEvents: until) : null;
            case var node:
                return ExpressionReader.Expression(context, node, "until", variables) is { } condition
                    ? new EventStrategy(EventMode.Any, filters, condition)
                    : null;
        }
    }

    private List<EventFilter>? Filters(Fields fields, string key)
    {
        if (fields.List(key) is not { } list) return null;
        if (list.Items.Count == 0 && key == "any")
        {
            types.Add(EventTypes.Any);
            return [EventFilter.Every];
        }

        if (list.Items.Count == 0) context.Sink.Error(fields.KeyPosition(key), $"'{key}' needs at least one filter");
        var filters = list.Items.Select(Filter).ToList();
        return filters.Count == 0 || filters.Contains(null) ? null : [.. filters.OfType<EventFilter>()];
    }

    private EventFilter? Filter(YamlNode node)
    {
        if (Fields.Of(node, context, "the event filter", ["with", "correlate"]) is not { } fields) return null;
        var correlations = Correlations(fields);
        if (fields.Require("with") is not { } with) return null;
        if (with is not YamlMapping map)
        {
            context.Sink.Error(with.Position, $"'with' must be a map, not {with.KindName}");
            return null;
        }

        if (map.Entries.Count == 0)
            context.Sink.Error(map.Position, "'with' needs at least one attribute", "for every event write any: []");
        // Any name may be that of an extension attribute; one that is all but 'type' is taken for a typo.
        if (map.Find("type") is null && map.Entries.FirstOrDefault(static e => NearestWord.To(e.Name, ["type"]) is not null) is { } typo)
            context.Sink.Error(typo.Key.Position, $"'{typo.Name}' is no attribute of events", NearestWord.Suggestion(typo.Name, ["type"]));
        var (type, typeExpression, attributes) = ((string?)null, (RuntimeExpression?)null, new List<KeyValuePair<string, ValuePattern?>>());
        foreach (var entry in map.Entries)
        {
            if (entry.Name != "type")
                attributes.Add(KeyValuePair.Create(entry.Name, PatternReader.Pattern(context, entry.Value, variables)));
            else if (entry.Value is not YamlScalar { IsText: true } name)
                context.Sink.Error(entry.Value.Position, $"'type' must be text, not {entry.Value.KindName}");
            else if (ExpressionReader.IsExpression(name.Text))
                typeExpression = ExpressionReader.Expression(context, name, "type", variables);
            else if (PatternReader.Text(context, name) is EqualPattern)
                type = name.Text;
            else
                attributes.Add(KeyValuePair.Create(entry.Name, PatternReader.Text(context, name)));
        }

        types.Add(type ?? EventTypes.Any);
        return correlations is null || attributes.Exists(static a => a.Value is null)
            ? null
            : new EventFilter(type, typeExpression, attributes!, correlations);
    }

    private List<Correlation>? Correlations(Fields filter)
    {
        if (filter["correlate"] is not { } node) return [];
        if (node is not YamlMapping map)
        {
            context.Sink.Error(node.Position, $"'correlate' must be a map of names, not {node.KindName}", "as correlate: { order: { from: .data.order } }");
            return null;
        }

        var correlations = map.Entries.Select(Correlation).ToList();
        return correlations.Contains(null) ? null : [.. correlations.OfType<Correlation>()];
    }

    private Correlation? Correlation(YamlEntry entry)
    {
        if (Fields.Of(entry.Value, context, $"the correlation '{entry.Name}'", ["from", "expect"]) is not { } fields) return null;
        var from = fields.Require("from") is { } node ? ExpressionReader.Expression(context, node, "from", variables) : null;
        var expect = fields["expect"] is { } value ? ExpressionReader.Template(context, value, variables) : null;
        return from is null || (expect is null && fields.Has("expect")) ? null : new Correlation(entry.Name, from, expect);
    }
}
