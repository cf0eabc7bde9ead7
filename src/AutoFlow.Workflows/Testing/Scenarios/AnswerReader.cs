using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>
/// Reads answers. An answer is a value, or a map of <c>answer</c> or <c>error</c> with <c>when</c>, <c>takes</c> and <c>times</c>;
/// a list holds one answer per call in turn.
/// </summary>
internal static class AnswerReader
{
    private static readonly string[] Properties = ["answer", "error", "when", "takes", "times"];
    private static readonly string[] ErrorProperties = ["type", "status", "title", "detail"];

    private static readonly IReadOnlyList<StandardError> Standard =
    [
        StandardErrors.Configuration, StandardErrors.Validation, StandardErrors.Expression, StandardErrors.Authentication,
        StandardErrors.Authorization, StandardErrors.Timeout, StandardErrors.Communication, StandardErrors.Runtime,
    ];

    /// <summary>Reads a map of names with their answers.</summary>
    /// <param name="names">The names that there may be.</param>
    /// <param name="does">What the definition does with them, for messages.</param>
    public static Dictionary<string, AnswerScript> Read(ScenarioContext context, YamlNode? node, IReadOnlyCollection<string> names, string does)
    {
        var scripts = new Dictionary<string, AnswerScript>(StringComparer.Ordinal);
        if (node is not (null or YamlMapping)) context.Sink.Error(node.Position, $"answers must be a map of names, not {node.KindName}");
        foreach (var entry in (node as YamlMapping)?.Entries ?? [])
        {
            if (context.Known(entry.Key, names, does) && Script(context, entry) is { } script) scripts[entry.Name] = script;
        }

        return scripts;
    }

    /// <summary>The standard error type of a short name, or the URI itself; null (and an error) when it is neither.</summary>
    public static string? ErrorType(ScenarioContext context, YamlScalar type) => Kind(context, type)?.Type;

    private static AnswerScript? Script(ScenarioContext context, YamlEntry entry)
    {
        IReadOnlyList<YamlNode> nodes = entry.Value is YamlSequence list ? list.Items : [entry.Value];
        if (nodes.Count == 0) context.Sink.Error(entry.Value.Position, $"'{entry.Name}' has no answer", "write an empty list as { answer: [] }");
        var rules = nodes.Select(node => Rule(context, node)).ToList();
        return rules.Count == 0 || rules.Contains(null) ? null : new AnswerScript(entry.Key.Position, rules!);
    }

    private static AnswerRule? Rule(ScenarioContext context, YamlNode node)
    {
        var isRule = node is YamlMapping map && (map.Find("answer") ?? map.Find("error")) is not null && map.Entries.All(static e => Properties.Contains(e.Name));
        if (!isRule)
            return context.Value(node) is { } plain ? new AnswerRule(node.Position, null, plain, null, TimeSpan.Zero, null) : null;
        var fields = Fields.Of(node, context.Parse, "the answer", Properties)!;
        if (fields.Has("answer") && fields.Has("error"))
            context.Sink.Error(fields.KeyPosition("error"), "an answer is a value or an error, not both");
        var value = fields["answer"] is { } answer ? context.Value(answer) : null;
        var error = fields["error"] is { } failure ? Error(context, failure) : null;
        var when = fields["when"] is { } condition
            ? ExpressionReader.Expression(context.Parse, condition, "when", ScenarioExpressions.Variables)
            : null;
        if (value is null && error is null) return null;
        return new AnswerRule(node.Position, when, value, error, context.Duration(fields, "takes") ?? TimeSpan.Zero, fields.Count("times"));
    }

    private static WorkflowError? Error(ScenarioContext context, YamlNode node)
    {
        if (node is YamlScalar { IsText: true } name) return Kind(context, name) is { } named ? WorkflowError.Of(named, null) : null;
        if (Fields.Of(node, context.Parse, "the error", ErrorProperties) is not { } fields) return null;
        if (fields.Scalar("type", required: true) is not { } type || Kind(context, type) is not { } kind) return null;
        return new WorkflowError(kind.Type, (int?)fields.Count("status") ?? kind.Status)
        {
            Title = fields.Text("title") ?? kind.Title,
            Detail = fields.Text("detail"),
        };
    }

    private static StandardError? Kind(ScenarioContext context, YamlScalar type)
    {
        const int unnamed = 500;
        if (Standard.FirstOrDefault(s => s.Type.EndsWith($"/{type.Text}", StringComparison.Ordinal)) is { } kind) return kind;
        if (Standard.FirstOrDefault(s => s.Type == type.Text) is { } full) return full;
        if (Uri.TryCreate(type.Text, UriKind.Absolute, out _)) return new StandardError(type.Text, unnamed, "");
        var names = Standard.Select(static s => s.Type[(s.Type.LastIndexOf('/') + 1)..]);
        context.Sink.Error(type.Position, $"no standard error is named '{type.Text}'", NearestWord.Hint(type.Text, names) ?? "write its URI");
        return null;
    }
}
