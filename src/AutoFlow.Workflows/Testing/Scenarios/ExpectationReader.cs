using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>Reads what must happen.</summary>
internal static class ExpectationReader
{
    private static readonly string[] Properties = ["calls", "path", "output", "error", "emitted", "started", "ends", "at", "took"];
    private static readonly string[] Ends = ["completed", "faulted", "waiting"];

    public static Expectation? Read(ScenarioContext context, YamlNode? node, SourcePosition position, IReadOnlyCollection<string> reads)
    {
        if (node is null) return new Expectation(position) { Ends = new ExpectedName(position, "completed"), Reads = reads };
        if (Fields.Of(node, context.Parse, "'then'", Properties) is not { } fields) return null;
        var expected = fields.Has("error") ? "faulted" : "completed";
        var ends = new ExpectedName(fields.Has("ends") ? fields["ends"]!.Position : node.Position, fields.Word("ends", Ends) ?? expected);
        Contradictions(context, fields, ends.Name);
        return new Expectation(node.Position)
        {
            Ends = ends,
            Reads = reads,
            Calls = fields.List("calls") is { } calls ? [.. calls.Items.SelectMany(item => Call(context, item, CallNames(context), "calls"))] : null,
            Started = fields.List("started") is { } started ? [.. started.Items.SelectMany(item => Call(context, item, context.Children, "runs"))] : null,
            Path = fields.List("path") is { } path ? [.. path.Items.Select(item => Name(context, item)).OfType<ExpectedName>()] : null,
            Emitted = fields.List("emitted") is { } emitted ? [.. emitted.Items.Select(item => ExpectedValueReader.Read(context, item)).OfType<ExpectedValue>()] : null,
            Output = fields["output"] is { } output ? ExpectedValueReader.Read(context, output) : null,
            Error = fields["error"] is { } error ? ExpectedValueReader.Error(context, error) : null,
            At = fields["at"] is { } at ? Name(context, at) : null,
            Took = fields["took"] is { } took ? Time(context, fields, took) : null,
        };
    }

    private static void Contradictions(ScenarioContext context, Fields fields, string ends)
    {
        if (fields.Has("output") && ends != "completed")
            context.Sink.Error(fields.KeyPosition("output"), $"a run that ends {ends} has no output");
        if (fields.Has("error") && ends != "faulted")
            context.Sink.Error(fields.KeyPosition("error"), $"a run that ends {ends} has no error");
    }

    private static IReadOnlyCollection<string> CallNames(ScenarioContext context) =>
        [.. context.Definition.FunctionsCalled, .. ScenarioContext.ProtocolNames];

    private static ExpectedName? Name(ScenarioContext context, YamlNode node)
    {
        if (node is YamlScalar { IsText: true } name)
            return context.Known(name, context.Tasks, "has") ? new ExpectedName(name.Position, name.Text) : null;
        context.Sink.Error(node.Position, $"a task is meant here by its name, not {node.KindName}");
        return null;
    }

    /// <summary>A call: the name alone, or the name with what its arguments must be; <c>times</c> stands for as many in a row.</summary>
    private static IEnumerable<ExpectedCall> Call(ScenarioContext context, YamlNode node, IReadOnlyCollection<string> names, string does)
    {
        if (node is YamlScalar { IsText: true } bare)
            return context.Known(bare, names, does) ? [new ExpectedCall(bare.Position, bare.Text, null)] : [];
        var map = node as YamlMapping;
        if (map?.Entries.Where(static e => e.Name != "times").ToList() is not [var entry])
        {
            context.Sink.Error(node.Position, "a call is one name, or one name with its arguments under it", "begin each call with '- name:'");
            return [];
        }

        var times = Fields.Of(new YamlMapping(map.Position, [.. map.Entries.Where(static e => e.Name == "times")]), context.Parse, "the call", ["times"])!;
        if (!context.Known(entry.Key, names, does)) return [];
        if (entry.Value is YamlMapping with && does == "calls") Arguments(context, entry.Key, with);
        var expected = entry.Value is YamlScalar { Value.Kind: JqKind.Null } ? null : ExpectedValueReader.Read(context, entry.Value);
        return Enumerable.Repeat(new ExpectedCall(entry.Key.Position, entry.Name, expected), (int)(times.Count("times") ?? 1));
    }

    private static void Arguments(ScenarioContext context, YamlScalar name, YamlMapping with)
    {
        if (context.Parse.Functions.Find(name.Text) is not { TakesAnything: false } signature) return;
        var parameters = signature.Parameters.Select(static p => p.Name).ToList();
        foreach (var key in with.Entries.Select(static e => e.Key).Where(k => !parameters.Contains(k.Text)))
        {
            context.Sink.Error(
                key.Position, $"function '{name.Text}' has no argument '{key.Text}'", NearestWord.Hint(key.Text, parameters));
        }
    }

    private static ExpectedTime? Time(ScenarioContext context, Fields fields, YamlNode node)
    {
        if (node is not YamlMapping map || (map.Find("atLeast") ?? map.Find("atMost")) is null)
            return context.Duration(fields, "took") is { } exactly ? new ExpectedTime(node.Position, exactly, exactly) : null;
        var bounds = Fields.Of(node, context.Parse, "'took'", ["atLeast", "atMost"])!;
        return new ExpectedTime(
            node.Position, context.Duration(bounds, "atLeast") ?? TimeSpan.Zero, context.Duration(bounds, "atMost") ?? TimeSpan.MaxValue);
    }
}
