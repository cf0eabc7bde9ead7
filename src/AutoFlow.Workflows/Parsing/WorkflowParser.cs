using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads, checks and compiles workflow definitions in the OWS DSL 1.0.3.</summary>
public static class WorkflowParser
{
    private static readonly string[] Properties = ["document", "input", "use", "do", "timeout", "output", "evaluate", "schedule"];

    /// <summary>Reads a definition and reports everything that is wrong with it at once. Never throws for any text.</summary>
    /// <param name="fileName">The name that findings begin with.</param>
    /// <param name="text">The YAML text.</param>
    /// <param name="functions">The functions the definition may call.</param>
    /// <param name="resources">The texts of the resources that the definition names; null for none.</param>
    public static WorkflowParseResult Parse(
        string fileName, string text, IFunctionCatalog functions, DefinitionResources? resources = null)
    {
        ArgumentNullException.ThrowIfNull(fileName);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(functions);
        var source = new SourceText(fileName, text);
        var sink = new DiagnosticSink(source);
        var context = new ParseContext(source, sink, functions, resources);
        var definition = YamlReader.Read(source, sink) is { } root ? Read(context, root) : null;
        return new WorkflowParseResult(sink.HasErrors ? null : definition, sink.ToList()) { Missing = [.. context.Missing] };
    }

    private static WorkflowDefinition? Read(ParseContext context, YamlNode root)
    {
        if (Fields.Of(root, context, "the workflow", Properties) is not { } fields) return null;
        var document = fields.Require("document") is { } d ? DocumentReader.Read(context, d) : null;
        Evaluate(fields);
        if (fields["use"] is { } use) UseReader.Read(context, use);
        var schedule = fields["schedule"] is { } when ? ScheduleReader.Read(context, when) : null;
        var inputFrom = DataReader.Transformation(fields, "input", "from", ExpressionStage.WorkflowInput);
        var inputSchema = DataReader.Schema(fields, "input", "from");
        var timeout = fields["timeout"] is { } t ? DurationReader.Timeout(context, t, ExpressionStage.WorkflowOutput) : null;
        var tasks = fields.Require("do") is { } list ? TaskListReader.Read(context, list, "do", "do", "", []) : null;
        var outputAs = DataReader.Transformation(fields, "output", "as", ExpressionStage.WorkflowOutput);
        var outputSchema = DataReader.Schema(fields, "output", "as");
        if (context.Sink.HasErrors || document is null || tasks is null) return null;
        var resources = context.Pinned.Aggregate(DefinitionResources.Empty, static (all, one) => all.With(one.Key, one.Value));
        return new WorkflowDefinition
        {
            Identity = document.Identity,
            Hash = resources.HashOf(context.Source.Hash()),
            Resources = resources,
            Text = context.Source.Text,
            Json = root.ToJson(),
            Title = document.Title,
            Summary = document.Summary,
            Tags = document.Tags,
            Metadata = document.Metadata,
            FunctionsCalled = [.. context.FunctionsCalled],
            EventTypes = [.. context.EventTypes],
            EventFilters = [.. context.EventFilters],
            Secrets = [.. context.Use.Secrets],
            Warnings = context.Sink.ToList(),
            Schedule = schedule,
            Extensions = [.. context.Use.Extensions],
            InputFrom = inputFrom,
            OutputAs = outputAs,
            InputSchema = inputSchema,
            OutputSchema = outputSchema,
            Timeout = timeout,
            Do = tasks,
        };
    }

    private static void Evaluate(Fields workflow)
    {
        if (workflow["evaluate"] is not { } node) return;
        if (Fields.Of(node, workflow.Context, "'evaluate'", ["language", "mode"]) is not { } fields) return;
        if (fields.Scalar("language") is { } language && language.Text != "jq")
            workflow.Context.Sink.NotSupported(language.Position, Refusals.ExpressionLanguage);
        workflow.Context.Loose = fields.Word("mode", ["strict", "loose"]) == "loose";
    }
}
