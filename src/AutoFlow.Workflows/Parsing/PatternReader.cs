using System.Text.RegularExpressions;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads what an attribute of an event must look like.</summary>
internal static class PatternReader
{
    /// <summary>A pattern; null when it has errors, which are in the sink.</summary>
    public static ValuePattern? Pattern(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        switch (node)
        {
            case YamlScalar { IsText: true } scalar when ExpressionReader.IsExpression(scalar.Text):
                return ExpressionReader.Expression(context, node, "with", variables) is { } expression ? new ExpressionPattern(expression) : null;
            case YamlScalar { IsText: true } scalar:
                return Text(context, scalar);
            case YamlMapping map:
                var members = map.Entries.Select(e => KeyValuePair.Create(e.Name, Pattern(context, e.Value, variables))).ToList();
                return members.Exists(static m => m.Value is null) ? null : new ObjectPattern(members!);
            default:
                return new EqualPattern(node.ToJson());
        }
    }

    /// <summary>Text with signs of a regular expression is one; a plain dot is none, so that URIs and names mean themselves.</summary>
    public static ValuePattern? Text(ParseContext context, YamlScalar scalar)
    {
        if (scalar.Text.IndexOfAny(['^', '$', '*', '+', '?', '(', ')', '[', ']', '{', '}', '|', '\\']) < 0)
            return new EqualPattern(scalar.Value);
        try
        {
            const RegexOptions options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
            return new RegexPattern(scalar.Text, new Regex($"^(?:{scalar.Text})$", options));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            context.Sink.Error(scalar.Position, $"'{scalar.Text}' is no regular expression", "look-around and back references are not supported");
            return null;
        }
    }
}
