using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>
/// Reads URIs: fixed, as an expression, or as a template with simple string expansion (RFC 6570 section 3.2.2; OWS dsl-reference.md,
/// "URI Template"): <c>{name}</c> is the property of that very name of the task's input, percent-encoded; one that is missing is empty.
/// </summary>
internal static partial class UriTemplate
{
    private const string Operators = "+#./;?&=,!@|";
    private const string Simple = "only simple expansion as {name} is part of the language; for more write ${ \"https://…\\(.name)\" }";

    /// <summary>What a variable becomes; undefined ones are left out of a list as RFC 6570 says.</summary>
    private const string Expansion =
        """
        def expanded($name): (if type == "object" then .[$name] else null end)
          | if . == null then null
            elif type == "string" or type == "number" or type == "boolean" then @uri
            else error("{\($name)} is an \(type), and only text, numbers, true and false can stand in a URI") end;
        """;

    /// <summary>A URI of a service; null (and a finding) when it is wrong.</summary>
    /// <param name="what">What it is, as the author calls it.</param>
    public static ValueTemplate? Absolute(ParseContext context, YamlNode node, string what, IReadOnlyList<string> variables)
    {
        if (Scalar(context, node, what) is not { } scalar) return null;
        if (ExpressionReader.IsExpression(context, scalar, variables)) return ExpressionReader.Template(context, scalar, variables);
        if (WithCredentials().IsMatch(scalar.Text))
        {
            context.Sink.Error(scalar.Position, "a URI may not hold a user name or a password", "write them under authentication");
            return null;
        }

        if (Web().IsMatch(scalar.Text)) return Template(context, scalar, variables);
        context.Sink.Error(
            scalar.Position,
            $"'{scalar.Text}' is no http or https URI",
            scalar.Text.StartsWith('{') ? "a template cannot begin a URI: write ${ .base + \"/path\" }" : "write it as https://example.org/path");
        return null;
    }

    /// <summary>A URI or a path that is relative to another one; null (and a finding) when it is wrong.</summary>
    public static ValueTemplate? Relative(ParseContext context, YamlNode node, string what, IReadOnlyList<string> variables) =>
        Scalar(context, node, what) is not { } scalar ? null
        : ExpressionReader.IsExpression(context, scalar, variables) ? ExpressionReader.Template(context, scalar, variables)
        : Template(context, scalar, variables);

    private static YamlScalar? Scalar(ParseContext context, YamlNode node, string what)
    {
        if (node is YamlScalar { IsText: true, Text.Length: > 0 } scalar) return scalar;
        context.Sink.Error(node.Position, $"{what} must be a URI, not {(node is YamlScalar { IsText: true } ? "an empty text" : node.KindName)}");
        return null;
    }

    private static ValueTemplate? Template(ParseContext context, YamlScalar scalar, IReadOnlyList<string> variables)
    {
        var text = scalar.Text;
        var parts = new List<string>();
        var at = 0;
        while (text.IndexOfAny(['{', '}'], at) is var brace and >= 0)
        {
            var end = text[brace] == '{' ? text.IndexOfAny(['{', '}'], brace + 1) : -1;
            if (end < 0 || text[end] == '{') return Wrong(brace, "a brace without its partner", "write { as %7B and } as %7D");
            var names = text[(brace + 1)..end];
            if (names.Length == 0 || Operators.Contains(names[0], StringComparison.Ordinal) || names.EndsWith('*') || names.Contains(':', StringComparison.Ordinal))
                return Wrong(brace, $"'{{{names}}}' is no simple expansion", Simple);
            if (brace > at) parts.Add(Literal(text[at..brace]));
            parts.Add($"([{string.Join(", ", names.Split(',').Select(static n => $"expanded({Literal(n)})"))}] | map(values) | join(\",\"))");
            at = end + 1;
        }

        if (parts.Count == 0) return new ConstantTemplate(scalar.Value);
        if (at < text.Length) parts.Add(Literal(text[at..]));
        var program = JqProgram.Compile(new StringBuilder(Expansion).Append('\n').AppendJoin(" + ", parts).ToString(), variables);
        return new ExpressionTemplate(new RuntimeExpression(program.Program!, text, variables));

        ValueTemplate? Wrong(int offset, string message, string hint)
        {
            context.Sink.Error(ScalarOffsets.Locate(context.Source, scalar, offset), $"bad URI template: {message}", hint);
            return null;
        }
    }

    private static string Literal(string text) => JqValue.From(text).ToJson();

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Web();

    [GeneratedRegex("^https?://[^/?#]*@", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WithCredentials();
}
