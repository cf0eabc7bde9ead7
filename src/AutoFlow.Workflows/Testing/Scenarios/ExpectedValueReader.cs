using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Testing.Scenarios;

/// <summary>Reads what a value must be.</summary>
internal static class ExpectedValueReader
{
    private static readonly string[] ErrorProperties = ["type", "status", "title", "detail", "instance"];

    /// <summary>The expectation; null (and an error) when an expression in it does not compile.</summary>
    public static ExpectedValue? Read(ScenarioContext context, YamlNode node)
    {
        switch (node)
        {
            case YamlScalar { IsText: true } text when ExpressionReader.IsExpression(text.Text):
                return ExpressionReader.Expression(context.Parse, node, "the expected value", ScenarioExpressions.Variables) is { } test
                    ? new ExpectedTest(node.Position, test)
                    : null;
            case YamlSequence list:
                var items = list.Items.Select(item => Read(context, item)).ToList();
                return items.Contains(null) ? null : new ExpectedItems(node.Position, items!);
            case YamlMapping map:
                var members = map.Entries.Select(e => KeyValuePair.Create(e.Name, Read(context, e.Value))).ToList();
                return members.Exists(static m => m.Value is null) ? null : new ExpectedMembers(node.Position, members!);
            default:
                return new ExpectedConstant(node.Position, node.ToJson());
        }
    }

    /// <summary>An expected error: its type alone, or the properties that matter; a standard type by its short name or its URI.</summary>
    public static ExpectedValue? Error(ScenarioContext context, YamlNode node)
    {
        if (node is YamlScalar { IsText: true } alone) return Type(context, alone) is { } type ? Members([type]) : null;
        if (Fields.Of(node, context.Parse, "the expected error", ErrorProperties) is null) return null;
        var members = ((YamlMapping)node).Entries.Select(entry => Member(context, entry)).ToList();
        return members.Exists(static m => m is null) ? null : Members(members.Select(static m => m!.Value));

        ExpectedMembers Members(IEnumerable<KeyValuePair<string, ExpectedValue>> all) => new(node.Position, [.. all]);
    }

    private static KeyValuePair<string, ExpectedValue>? Member(ScenarioContext context, YamlEntry entry)
    {
        if (entry is { Name: "type", Value: YamlScalar { IsText: true } type } && !ExpressionReader.IsExpression(type.Text)) return Type(context, type);
        return Read(context, entry.Value) is { } value ? KeyValuePair.Create(entry.Name, value) : null;
    }

    private static KeyValuePair<string, ExpectedValue>? Type(ScenarioContext context, YamlScalar type) =>
        AnswerReader.ErrorType(context, type) is { } uri
            ? KeyValuePair.Create<string, ExpectedValue>("type", new ExpectedConstant(type.Position, JqValue.From(uri)))
            : null;
}
