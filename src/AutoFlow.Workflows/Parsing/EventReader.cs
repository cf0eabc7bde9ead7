using System.Text.RegularExpressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads event consumption strategies and their filters.</summary>
internal static class EventReader
{
    private static readonly string[] Modes = ["one", "any", "all"];
    private static readonly Dictionary<string, string> NotYet = new(StringComparer.Ordinal) { ["correlate"] = "correlate" };

    /// <summary>A strategy; null when it has errors, which are in the sink.</summary>
    public static EventStrategy? Strategy(ParseContext context, YamlNode node, string property, IReadOnlyList<string> variables)
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
        if (chosen[0] == "one")
            return Filter(context, fields["one"]!, variables) is { } filter ? new EventStrategy(EventMode.One, [filter]) : null;
        if (Filters(fields, chosen[0], variables) is not { } filters) return null;
        if (chosen[0] == "all") return new EventStrategy(EventMode.All, filters);
        return Any(fields, filters, variables);
    }

    private static EventStrategy? Any(Fields fields, IReadOnlyList<EventFilter> filters, IReadOnlyList<string> variables)
    {
        switch (fields["until"])
        {
            case null or YamlScalar { Text: "false" }:
                return new EventStrategy(EventMode.Any, filters);
            case YamlMapping map:
                return Strategy(fields.Context, map, "until", variables) is { } until
                    ? new EventStrategy(EventMode.Any, filters, UntilEvents: until)
                    : null;
            case var node:
                return ExpressionReader.Expression(fields.Context, node, "until", variables) is { } condition
                    ? new EventStrategy(EventMode.Any, filters, condition)
                    : null;
        }
    }

    private static List<EventFilter>? Filters(Fields fields, string key, IReadOnlyList<string> variables)
    {
        if (fields.List(key) is not { } list) return null;
        if (list.Items.Count == 0)
        {
            fields.Context.Sink.NotSupported(fields.KeyPosition(key), $"{key} without filters", "name the event types to listen to");
            return null;
        }

        var filters = list.Items.Select(item => Filter(fields.Context, item, variables)).ToList();
        return filters.Contains(null) ? null : [.. filters.OfType<EventFilter>()];
    }

    private static EventFilter? Filter(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (Fields.Of(node, context, "the event filter", ["with"], NotYet) is not { } fields) return null;
        if (fields.Require("with") is not { } with) return null;
        if (with is not YamlMapping map)
        {
            context.Sink.Error(with.Position, $"'with' must be a map, not {with.KindName}");
            return null;
        }

        if (map.Find("type")?.Value is not { } type)
        {
            context.Sink.NotSupported(map.Position, "an event filter without 'type'");
            return null;
        }

        if (type is not YamlScalar { IsText: true } name)
        {
            context.Sink.Error(type.Position, $"'type' must be text, not {type.KindName}");
            return null;
        }

        if (ExpressionReader.IsExpression(name.Text))
        {
            context.Sink.NotSupported(name.Position, "an expression as event type");
            return null;
        }

        context.EventTypes.Add(name.Text);
        var attributes = map.Entries.Where(static e => e.Name != "type")
            .Select(e => KeyValuePair.Create(e.Name, Pattern(context, e.Value, variables))).ToList();
        return attributes.Exists(static a => a.Value is null) ? null : new EventFilter(name.Text, attributes!);
    }

    private static ValuePattern? Pattern(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        switch (node)
        {
            case YamlScalar { IsText: true } scalar when ExpressionReader.IsExpression(scalar.Text):
                return ExpressionReader.Expression(context, node, "with", variables) is { } expression ? new ExpressionPattern(expression) : null;
            case YamlScalar { IsText: true } scalar:
                return Text(context, scalar);
            case YamlMapping map:
                var members = map.Entries.Select(e => KeyValuePair.Create(e.Name, Pattern(context, e.Value, variables))).ToList();
                return members.Exists(static m => m.Value is null) ? null : new ObjectPattern(members!);
            default:
                return new EqualPattern(node.ToJson());
        }
    }

    /// <summary>Text with signs of a regular expression is one; a plain dot is none, so that URIs and names mean themselves.</summary>
    private static ValuePattern? Text(ParseContext context, YamlScalar scalar)
    {
        if (scalar.Text.IndexOfAny(['^', '$', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '\\']) < 0)
            return new EqualPattern(scalar.Value);
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new RegexPattern(scalar.Text, new Regex($"^(?:{scalar.Text})$", options));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            context.Sink.Error(scalar.Position, $"'{scalar.Text}' is no regular expression", "look-around and back references are not supported");
            return null;
        }
    }
}
