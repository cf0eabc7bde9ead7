using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>What reading a scenario file gave: the scenarios, or the errors that refuse them.</summary>
/// <param name="File">The scenarios; null when there are errors.</param>
/// <param name="Diagnostics">All findings in the order of the file.</param>
public sealed record ScenarioReadResult(ScenarioFile? File, IReadOnlyList<Diagnostic> Diagnostics);

/// <summary>
/// Reads scenario files: <c>workflow</c>, <c>reads</c>, <c>parts</c>, <c>given</c>, <c>scenarios</c>. The words in them are checked
/// against the definition.
/// </summary>
public static class ScenarioReader
{
    internal static readonly string[] Properties = ["workflow", "reads", "parts", "given", "scenarios"];

    /// <summary>Reads a scenario file and reports everything that is wrong with it at once. Never throws for any text.</summary>
    /// <param name="fileName">The name that findings begin with.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="definitions">The definitions that scenarios may be about.</param>
    /// <param name="functions">The functions that definitions call.</param>
    public static ScenarioReadResult Read(
        string fileName, string text, DefinitionCatalog definitions, IFunctionCatalog functions)
    {
        ArgumentNullException.ThrowIfNull(definitions);
        var source = new SourceText(fileName, text);
        var sink = new DiagnosticSink(source);
        var file = YamlReader.Read(source, sink) is { } root ? Read(new ParseContext(source, sink, functions), root, definitions) : null;
        return new ScenarioReadResult(sink.HasErrors ? null : file, sink.ToList());
    }

    private static ScenarioFile? Read(ParseContext parse, YamlNode root, DefinitionCatalog definitions)
    {
        if (Fields.Of(root, parse, "the scenario file", Properties) is not { } fields) return null;
        if (fields.Scalar("workflow", required: true) is not { } name) return null;
        if (definitions.Latest(name.Text) is not { } definition)
        {
            parse.Sink.Error(
                name.Position, $"no definition here is named '{name.Text}'", NearestWord.Hint(name.Text, definitions.All.Select(static d => d.Identity.Name)));
            return null;
        }

        var context = new ScenarioContext(parse, definition);
        Parts(context, fields);
        var reads = Reads(context, fields);
        if (fields.Require("scenarios") is null || fields.List("scenarios") is not { } list) return null;
        if (list.Items.Count == 0) parse.Sink.Error(list.Position, "'scenarios' needs at least one scenario");
        var names = new HashSet<string>(StringComparer.Ordinal);
        var scenarios = list.Items.Select(node => One(context, node, fields["given"], reads, names)).OfType<Scenario>().ToList();
        return new ScenarioFile(parse.Source.FileName, definition, scenarios);
    }

    /// <summary>Values to be used by their names as <c>$parts.order</c>; each may use those before it.</summary>
    internal static void Parts(ScenarioContext context, Fields fields)
    {
        if (fields["parts"] is not { } node) return;
        if (node is not YamlMapping map)
        {
            context.Sink.Error(node.Position, $"'parts' must be a map of names, not {node.KindName}");
            return;
        }

        foreach (var entry in map.Entries)
        {
            if (context.Value(entry.Value) is not { } value) continue;
            try
            {
                var rendered = context.Expressions.Render(value, JqValue.Null, new Given().At);
                context.Expressions = new ScenarioExpressions(context.Expressions.Parts.With(entry.Name, rendered));
            }
            catch (ScenarioException e)
            {
                context.Sink.Error(e.Position, e.Message);
            }
        }
    }

    private static List<string> Reads(ScenarioContext context, Fields fields)
    {
        var reads = new List<string>();
        foreach (var item in fields.List("reads")?.Items ?? [])
        {
            if (item is not YamlScalar name) context.Sink.Error(item.Position, $"a function is meant here by its name, not {item.KindName}");
            else if (context.Known(name, context.Definition.FunctionsCalled, "calls")) reads.Add(name.Text);
        }

        return reads;
    }

    private static Scenario? One(ScenarioContext context, YamlNode node, YamlNode? usual, List<string> reads, HashSet<string> names)
    {
        if (Fields.Of(node, context.Parse, "the scenario", ["name", "given", "then"]) is not { } fields) return null;
        if (fields.Scalar("name", required: true) is not { } name) return null;
        if (!names.Add(name.Text)) context.Sink.Error(name.Position, $"two scenarios are named '{name.Text}'");
        var given = GivenReader.Read(context, usual, fields["given"]);
        var then = ExpectationReader.Read(context, fields["then"], name.Position, reads);
        return given is null || then is null
            ? null
            : new Scenario(context.Parse.Source, name.Text, name.Position) { Given = given, Then = then, Expressions = context.Expressions };
    }
}
