using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the error of a <c>raise</c> task or of <c>use.errors</c>.</summary>
internal static class ErrorReader
{
    private static readonly string[] Properties = ["type", "status", "title", "detail", "instance"];

    public static ErrorTemplate? Error(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        if (Fields.Of(node, context, "the error", Properties) is not { } fields) return null;
        var type = Text(fields, "type", variables, required: true);
        var status = Status(fields, variables);
        var title = Text(fields, "title", variables);
        var detail = Text(fields, "detail", variables);
        // dsl-reference.md, "Error": the runtime sets the instance; what the author writes there is checked and dropped.
        Text(fields, "instance", variables);
        return type is null || status is null ? null : new ErrorTemplate(type, status, title, detail);
    }

    private static ValueTemplate? Text(Fields fields, string key, IReadOnlyList<string> variables, bool required = false) =>
        fields.Scalar(key, required) is { } scalar ? ExpressionReader.Template(fields.Context, scalar, variables) : null;

    private static ValueTemplate? Status(Fields fields, IReadOnlyList<string> variables)
    {
        if (fields.Require("status") is not { } node) return null;
        if (node is YamlScalar { IsText: true } text && ExpressionReader.IsExpression(text.Text))
            return ExpressionReader.Template(fields.Context, node, variables);
        return fields.Count("status") is { } status ? new ConstantTemplate(JqValue.From(status)) : null;
    }
}
