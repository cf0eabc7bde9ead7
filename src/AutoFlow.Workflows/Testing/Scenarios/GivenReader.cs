using System.Globalization;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>Reads what a scenario is given. What it says replaces what the file says for all: the input by property, answers by name.</summary>
internal static class GivenReader
{
    private static readonly string[] Properties = ["at", "id", "input", "answers", "workflows", "protocols", "secrets", "events"];
    private static readonly string[] ByName = ["input", "answers", "workflows", "protocols", "secrets"];

    /// <param name="usual">What is given to every scenario of the file; null without it.</param>
    /// <param name="own">What is given to this one; null without it.</param>
    public static Given? Read(ScenarioContext context, YamlNode? usual, YamlNode? own)
    {
        if (Merged(context, usual, own) is not { } merged || Fields.Of(merged, context.Parse, "'given'", Properties) is not { } fields) return null;
        var at = fields.Scalar("at") is { } time ? Time(context, time) : null;
        var start = at ?? new Given().At;
        return new Given
        {
            At = start,
            Id = fields.Text("id") ?? new Given().Id,
            Input = fields["input"] is { } input ? context.Value(input) : null,
            Functions = AnswerReader.Read(context, fields["answers"], context.Definition.FunctionsCalled, "calls"),
            Workflows = AnswerReader.Read(context, fields["workflows"], context.Children, "runs"),
            Protocols = AnswerReader.Read(context, fields["protocols"], ScenarioContext.ProtocolNames, "knows"),
            Secrets = Secrets(context, fields),
            Events = fields["events"] is { } events ? Events(context, events, start) : [],
        };
    }

    /// <summary>Reads a list of events.</summary>
    /// <param name="start">When the run starts, UTC.</param>
    public static IReadOnlyList<GivenEvent> Events(ScenarioContext context, YamlNode node, DateTimeOffset start)
    {
        if (node is YamlSequence list) return [.. list.Items.Select((item, i) => Event(context, item, start, i)).OfType<GivenEvent>()];
        context.Sink.Error(node.Position, $"events must be a list, not {node.KindName}", "begin each event with '- after: PT2H'");
        return [];
    }

    private static JqValue Secrets(ScenarioContext context, Fields fields)
    {
        foreach (var entry in (fields["secrets"] as YamlMapping)?.Entries ?? []) context.Known(entry.Key, context.Definition.Secrets, "uses");
        return fields.Json("secrets");
    }

    private static YamlMapping? Merged(ScenarioContext context, YamlNode? usual, YamlNode? own)
    {
        foreach (var node in new[] { usual, own })
        {
            if (node is null or YamlMapping) continue;
            context.Sink.Error(node.Position, $"'given' must be a map, not {node.KindName}");
            return null;
        }

        return Merged((YamlMapping?)usual, (YamlMapping?)own, deeper: true);
    }

    private static YamlMapping Merged(YamlMapping? usual, YamlMapping? own, bool deeper)
    {
        var empty = new YamlMapping((own ?? usual)?.Position ?? Diagnostics.SourcePosition.Start, []);
        if (usual is null) return own ?? empty;
        if (own is null) return usual;
        var kept = usual.Entries.Where(entry => own.Find(entry.Name) is null);
        return new YamlMapping(own.Position, [.. kept, .. own.Entries.Select(Together)]);

        YamlEntry Together(YamlEntry entry) =>
            deeper && ByName.Contains(entry.Name) && entry.Value is YamlMapping mine && usual.Find(entry.Name)?.Value is YamlMapping theirs
                ? new YamlEntry(entry.Key, Merged(theirs, mine, deeper: false))
                : entry;
    }

    private static DateTimeOffset? Time(ScenarioContext context, YamlScalar scalar)
    {
        // A time without an offset would mean another moment on every machine.
        if (DateTimeOffset.TryParse(scalar.Text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var time)
            && (scalar.Text.EndsWith('Z') || scalar.Text.LastIndexOfAny(['+', '-']) > scalar.Text.IndexOf('T')) && scalar.Text.Contains('T'))
            return time.ToUniversalTime();
        context.Sink.Error(scalar.Position, $"'{scalar.Text}' is no time", "write ISO 8601 with its offset, as 2026-01-05T09:00:00Z");
        return null;
    }

    private static GivenEvent? Event(ScenarioContext context, YamlNode node, DateTimeOffset start, int index)
    {
        if (node is not YamlMapping map)
        {
            context.Sink.Error(node.Position, $"an event must be a map, not {node.KindName}");
            return null;
        }

        var timing = new YamlMapping(map.Position, [.. map.Entries.Where(static e => e.Name is "after" or "at" or "type")]);
        var fields = Fields.Of(timing, context.Parse, "the event", ["after", "at", "type"])!;
        if (fields.Scalar("type", required: true) is not { } type) return null;
        var listens = context.Definition.EventTypes;
        if (!listens.Contains(EventTypes.Any) && !context.Known(type, listens, "listens to")) return null;
        var after = fields.Has("after")
            ? context.Duration(fields, "after")
            : fields.Scalar("at") is { } at ? Time(context, at) - start : null;
        if (after is null && !fields.Has("after") && !fields.Has("at"))
            context.Sink.Error(map.Position, "an event needs 'after' or 'at'", "when does it come? write after: PT2H");
        if (after is not { } when) return null;
        var attributes = new YamlMapping(map.Position, [.. map.Entries.Where(static e => e.Name is not ("after" or "at"))]);
        return context.Value(Complete(attributes, index)) is { } value ? new GivenEvent(when, value) : null;
    }

    /// <summary>Adds what every CloudEvent has (CloudEvents 1.0.2, "Required Attributes").</summary>
    private static YamlMapping Complete(YamlMapping attributes, int index)
    {
        (string Name, string Value)[] defaults = [("specversion", "1.0"), ("id", $"event-{index + 1}"), ("source", "/scenario")];
        var missing = defaults.Where(d => attributes.Find(d.Name) is null).Select(d => new YamlEntry(Scalar(d.Name), Scalar(d.Value)));
        return new YamlMapping(attributes.Position, [.. missing, .. attributes.Entries]);

        YamlScalar Scalar(string text) => new(attributes.Position, text, YamlDotNet.Core.ScalarStyle.Plain, JqValue.From(text));
    }
}
