using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Tasks;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads the <c>catch</c> of a try task.</summary>
internal static class CatchReader
{
    /// <summary>The variable of an error that names no other.</summary>
    public const string DefaultVariable = "error";

    private static readonly string[] Properties = ["errors", "as", "when", "exceptWhen", "retry", "do", "then"];
    private static readonly string[] FilterProperties = ["type", "status", "title", "detail", "instance"];

    public static CatchClause? Read(TaskReader reader)
    {
        if (reader.Fields.Require("catch") is not { } node) return null;
        if (Fields.Of(node, reader.Context, "'catch'", Properties) is not { } fields) return null;
        var variable = reader.Variable(fields, "as", DefaultVariable);
        var variables = reader.With([variable]);
        var retry = fields["retry"] is { } policy ? RetryReader.PolicyOrName(reader.Context, policy, variables) : null;
        var tasks = reader.List("do", "catch/do", [variable], fields, required: false);
        return new CatchClause
        {
            Filter = Filter(fields),
            Variable = variable,
            When = Condition("when"),
            ExceptWhen = Condition("exceptWhen"),
            Retry = retry,
            RetryVariable = RetryReader.IsName(fields["retry"]) ? DefaultVariable : variable,
            Do = tasks,
            Then = TransitionReader.Directive(fields, "then", reader.Siblings),
        };

        RuntimeExpression? Condition(string key) =>
            fields[key] is { } condition ? ExpressionReader.Expression(reader.Context, condition, key, variables) : null;
    }

    private static ErrorFilter Filter(Fields clause)
    {
        if (clause["errors"] is not { } errors || Fields.Of(errors, clause.Context, "catch.errors", ["with"]) is not { } fields)
            return ErrorFilter.Any;
        if (fields.Require("with") is not { } with || Fields.Of(with, clause.Context, "catch.errors.with", FilterProperties) is not { } filter)
            return ErrorFilter.Any;
        return new ErrorFilter(Text(filter, "type"), filter.Count("status"), Text(filter, "title"), Text(filter, "detail"), Text(filter, "instance"));
    }

    private static string? Text(Fields filter, string key)
    {
        if (filter.Scalar(key) is not { } scalar) return null;
        if (ExpressionReader.IsExpression(scalar.Text))
            filter.Context.Sink.Error(scalar.Position, "catch.errors.with holds fixed values", "write the condition under catch.when");
        return scalar.Text;
    }
}
