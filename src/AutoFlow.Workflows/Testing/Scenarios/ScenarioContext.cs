using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>What the readers of one scenario file share: the file, and the words that the definition knows.</summary>
internal sealed class ScenarioContext(ParseContext parse, WorkflowDefinition definition)
{
    public static readonly IReadOnlyList<string> ProtocolNames =
        [Protocols.Http, Protocols.OpenApi, Protocols.AsyncApi, Protocols.A2A, Protocols.Mcp];

    private readonly DefinitionOutline _outline = DefinitionOutline.Of(definition);

    public ParseContext Parse { get; } = parse;

    public DiagnosticSink Sink => Parse.Sink;

    public WorkflowDefinition Definition { get; } = definition;

    public ScenarioExpressions Expressions { get; set; } = new(JqValue.EmptyObject);

    /// <summary>The names of the definition's tasks.</summary>
    public IReadOnlyList<string> Tasks => [.. _outline.AllTasks.Select(static t => t.Name).Distinct(StringComparer.Ordinal)];

    /// <summary>The names of the workflows that the definition runs.</summary>
    public IReadOnlyList<string> Children => _outline.Children;

    /// <summary>Reports a name that is not among those that the definition knows.</summary>
    /// <param name="does">What the definition does with such names, as <c>calls</c>.</param>
    public bool Known(YamlScalar name, IReadOnlyCollection<string> names, string does)
    {
        if (names.Contains(name.Text)) return true;
        Sink.Error(name.Position, $"{Definition.Identity.Name} {does} no '{name.Text}'", NearestWord.Hint(name.Text, names));
        return false;
    }

    /// <summary>Reads a value with expressions; null (and an error) when one of them does not compile.</summary>
    public ScenarioValue? Value(YamlNode node) =>
        ExpressionReader.Template(Parse, node, ScenarioExpressions.Variables) is { } template ? new ScenarioValue(template, node.Position) : null;

    /// <summary>Reads a fixed duration; null when it is missing or none, the latter with an error.</summary>
    public TimeSpan? Duration(Fields fields, string key)
    {
        if (fields[key] is not { } node || DurationReader.Duration(Parse, node, key, []) is not { } duration) return null;
        if (duration.Fixed is null) Sink.Error(node.Position, $"'{key}' must be a fixed duration, as PT2H");
        return duration.Fixed;
    }
}
