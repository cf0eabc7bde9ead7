using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>Reads what a local run is given: a scenario without expectations.</summary>
internal static class LocalRunReader
{
    public static (Scenario? Scenario, IReadOnlyList<Diagnostic> Findings) Read(LocalRun run)
    {
        var findings = new List<Diagnostic>();
        var answers = Open(run, run.Answers, findings);
        var expressions = new ScenarioExpressions(Jq.JqValue.EmptyObject);
        var given = new Given { At = run.At };
        if (answers is var (context, root))
        {
            if (Answers(run, context, root) is { } read) given = read;
            expressions = context.Expressions;
            findings.AddRange(context.Sink.ToList());
        }

        if (Open(run, run.Events, findings) is var (other, list))
        {
            given = given with { Events = GivenReader.Events(other, list, given.At) };
            findings.AddRange(other.Sink.ToList());
        }

        if (run.Input is { } input) given = given with { Input = new ScenarioValue(new ConstantTemplate(input), SourcePosition.Start) };
        given = given with { Secrets = run.Secrets.Properties.Aggregate(given.Secrets, static (all, one) => all.With(one.Key, one.Value)) };
        if (findings.Exists(static f => f.Severity == DiagnosticSeverity.Error)) return (null, findings);
        var source = new SourceText(run.Definition.Identity.Name, run.Definition.Text);
        return (new Scenario(source, "run", SourcePosition.Start) { Given = given, Expressions = expressions }, findings);
    }

    /// <summary>The root of a file; null when there is no file, or (with a finding) when it is not readable.</summary>
    private static (ScenarioContext Context, YamlNode Root)? Open(LocalRun run, NamedText? file, List<Diagnostic> findings)
    {
        if (file is null) return null;
        var source = new SourceText(file.FileName, file.Text);
        var sink = new DiagnosticSink(source);
        var root = YamlReader.Read(source, sink);
        if (root is not null) return (new ScenarioContext(new ParseContext(source, sink, run.Functions), run.Definition), root);
        findings.AddRange(sink.ToList());
        return null;
    }

    private static Given? Answers(LocalRun run, ScenarioContext context, YamlNode root)
    {
        if (Fields.Of(root, context.Parse, "the scenario file", ScenarioReader.Properties) is not { } fields) return null;
        if (fields.Scalar("workflow") is { } name) context.Known(name, [run.Definition.Identity.Name], "is");
        ScenarioReader.Parts(context, fields);
        var own = run.Scenario is null ? null : Chosen(context, fields, run.Scenario);
        var given = GivenReader.Read(context, fields["given"], own);
        var timed = Has(fields["given"], "at") || Has(own, "at");
        return given is null || timed ? given : given with { At = run.At };
    }

    private static bool Has(YamlNode? node, string key) => (node as YamlMapping)?.Find(key) is not null;

    private static YamlNode? Chosen(ScenarioContext context, Fields file, string scenario)
    {
        var all = (file.List("scenarios")?.Items ?? []).OfType<YamlMapping>().ToList();
        if (all.Find(s => (s.Find("name")?.Value as YamlScalar)?.Text == scenario) is { } found) return found.Find("given")?.Value;
        var names = all.Select(static s => (s.Find("name")?.Value as YamlScalar)?.Text ?? "");
        context.Sink.Error(file.KeyPosition("scenarios"), $"no scenario is named '{scenario}'", NearestWord.Hint(scenario, names));
        return null;
    }
}
