using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads durations and time limits.</summary>
internal static class DurationReader
{
    private const string Hint = "write ISO 8601 as PT30S or P3D, or a map as { days: 3, hours: 12 }";

    /// <summary>A duration; null (and an error) when it is none.</summary>
    public static WorkflowDuration? Duration(ParseContext context, YamlNode node, string property, IReadOnlyList<string> variables)
    {
        switch (node)
        {
            case YamlScalar { IsText: true } scalar when ExpressionReader.IsExpression(scalar.Text):
                return ExpressionReader.Expression(context, node, property, variables) is { } expression
                    ? new WorkflowDuration(null, expression)
                    : null;
            case YamlScalar { IsText: true } scalar when Durations.ParseIso8601(scalar.Text) is { } value:
                return new WorkflowDuration(value, null);
            case YamlScalar scalar:
                context.Sink.Error(scalar.Position, $"'{property}' is no duration: '{scalar.Text}'", Hint);
                return null;
            default:
                return Units(context, node, property);
        }
    }

    /// <summary>A timeout: a map with <c>after</c>, or the name of one under <c>use.timeouts</c>.</summary>
    public static TimeLimit? Timeout(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (node is YamlScalar { IsText: true } name)
            return Reference.Find(context, name, context.Use.Timeouts, "timeout", "use.timeouts");
        if (Fields.Of(node, context, "timeout", ["after"]) is not { } fields || fields.Require("after") is not { } after) return null;
        return Duration(context, after, "after", variables) is { } duration ? new TimeLimit(duration) : null;
    }

    private static WorkflowDuration? Units(ParseContext context, YamlNode node, string property)
    {
        if (Fields.Of(node, context, $"the duration '{property}'", Durations.Units) is not { } fields) return null;
        if (node is YamlMapping { Entries.Count: 0 })
        {
            context.Sink.Error(node.Position, $"the duration '{property}' is empty", Hint);
            return null;
        }

        if (Durations.FromUnits(unit => fields.Count(unit) ?? 0) is { } value) return new WorkflowDuration(value, null);
        context.Sink.Error(node.Position, $"the duration '{property}' is longer than a century");
        return null;
    }
}
