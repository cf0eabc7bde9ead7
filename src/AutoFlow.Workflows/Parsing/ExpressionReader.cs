using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads runtime expressions, and values that hold them, compiling each where it stands.</summary>
internal static class ExpressionReader
{
    /// <summary>The longest expression, in UTF-16 characters.</summary>
    public const int LongestExpression = 32_768;

    /// <summary>Reads a property that is an expression whether or not it stands in <c>${ }</c>, as <c>if</c> or <c>when</c>.</summary>
    public static RuntimeExpression? Expression(ParseContext context, YamlNode node, string property, IReadOnlyList<string> variables)
    {
        if (node is not YamlScalar { Value.Kind: not JqKind.Null } scalar)
        {
            context.Sink.Error(node.Position, $"'{property}' must be a jq expression, not {node.KindName}");
            return null;
        }

        var (start, length) = Inner(scalar.Text) ?? (0, scalar.Text.Length);
        return Compile(context, scalar, start, length, variables);
    }

    /// <summary>Reads <c>input.from</c>, <c>output.as</c> or <c>export.as</c>: an expression, or a map with expressions in it.</summary>
    public static ValueTemplate? Transformation(ParseContext context, YamlNode node, string property, IReadOnlyList<string> variables)
    {
        if (node is YamlMapping) return Template(context, node, variables);
        if (node is YamlScalar { IsText: true })
            return Expression(context, node, property, variables) is { } expression ? new ExpressionTemplate(expression) : null;
        context.Sink.Error(node.Position, $"'{property}' must be a jq expression or a map, not {node.KindName}");
        return null;
    }

    /// <summary>Reads a value in which text in <c>${ }</c> is an expression; null when one of them does not compile.</summary>
    public static ValueTemplate? Template(ParseContext context, YamlNode node, IReadOnlyList<string> variables)
    {
        switch (node)
        {
            case YamlScalar scalar:
                return Text(context, scalar, variables);
            case YamlSequence sequence:
                var items = sequence.Items.Select(i => Template(context, i, variables)).ToList();
                if (items.Contains(null)) return null;
                return items.TrueForAll(static i => i!.Constant is not null)
                    ? new ConstantTemplate(sequence.ToJson())
                    : new ArrayTemplate(items!);
            case YamlMapping map:
                var members = map.Entries.Select(e => KeyValuePair.Create(e.Name, Template(context, e.Value, variables))).ToList();
                if (members.Exists(static m => m.Value is null)) return null;
                return members.TrueForAll(static m => m.Value!.Constant is not null)
                    ? new ConstantTemplate(map.ToJson())
                    : new ObjectTemplate(members!);
            default:
                return null;
        }
    }

    /// <summary>Whether the whole text stands in <c>${ }</c>.</summary>
    public static bool IsExpression(string text) => Inner(text) is not null;

    /// <summary>Whether a text is an expression here: in <c>${ }</c>, or, in loose mode, one that compiles.</summary>
    public static bool IsExpression(ParseContext context, YamlScalar scalar, IReadOnlyList<string> variables) =>
        IsExpression(scalar.Text) || (context.Loose && Loose(context, scalar, variables) is LooseTemplate);

    private static ValueTemplate? Text(ParseContext context, YamlScalar scalar, IReadOnlyList<string> variables)
    {
        if (!scalar.IsText) return new ConstantTemplate(scalar.Value);
        if (Inner(scalar.Text) is { } inner)
            return Compile(context, scalar, inner.Start, inner.Length, variables) is { } found ? new ExpressionTemplate(found) : null;
        if (context.Loose)
        {
            var loose = Loose(context, scalar, variables);
            if (loose is LooseTemplate) SecretsReader.CheckExpression(context, scalar, 0, scalar.Text);
            return loose;
        }

        if (LooksLikeExpression(scalar.Text))
        {
            if (scalar.Text.Length <= LongestExpression && context.Compile(scalar.Text, variables).Succeeded)
            {
                context.Sink.Warning(
                    scalar.Position, $"'{Shortened(scalar.Text)}' is plain text here", $"for an expression write ${{ {Shortened(scalar.Text)} }}");
            }
        }
        else if (scalar.Text.Contains("${", StringComparison.Ordinal))
        {
            context.Sink.Warning(
                scalar.Position, "${ } inside a longer text is not evaluated", "make the whole value one expression: ${ \"text \\(.property)\" }");
        }

        return new ConstantTemplate(scalar.Value);
    }

    /// <summary>In loose mode every text is tried as an expression; an empty program, such as a comment, and very long text are text.</summary>
    private static ValueTemplate Loose(ParseContext context, YamlScalar scalar, IReadOnlyList<string> variables) =>
        scalar.Text.TrimStart() is { Length: > 0 and <= LongestExpression } text && text[0] != '#' && context.Compile(scalar.Text, variables).Program is { } program
            ? new LooseTemplate(new RuntimeExpression(program, scalar.Text, variables), scalar.Value)
            : new ConstantTemplate(scalar.Value);

    /// <summary>Text that begins as a jq path or variable: a property, or one of the runtime arguments.</summary>
    private static bool LooksLikeExpression(string text) =>
        text.Length > 1
        && ((text[0] == '.' && (char.IsAsciiLetter(text[1]) || text[1] is '_' or '['))
            || (text[0] == '$' && char.IsAsciiLetter(text[1])));

    private static string Shortened(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private static (int Start, int Length)? Inner(string text)
    {
        var start = 0;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        var end = text.Length;
        while (end > start && char.IsWhiteSpace(text[end - 1])) end--;
        return end - start >= 3 && text[start] == '$' && text[start + 1] == '{' && text[end - 1] == '}'
            ? (start + 2, end - start - 3)
            : null;
    }

    private static RuntimeExpression? Compile(ParseContext context, YamlScalar scalar, int start, int length, IReadOnlyList<string> variables)
    {
        if (length > LongestExpression)
        {
            context.Sink.Error(
                scalar.Position, $"an expression of {length} characters; at most {LongestExpression} are read", "keep long texts and tables out of expressions");
            return null;
        }

        var source = scalar.Text.Substring(start, length);
        SecretsReader.CheckExpression(context, scalar, start, source);
        var compilation = context.Compile(source, variables);
        if (compilation.Program is { } program) return new RuntimeExpression(program, source, variables);
        var error = compilation.Error!;
        context.Sink.Error(
            ScalarOffsets.Locate(context.Source, scalar, start + error.Offset),
            $"bad jq expression: {error.Message}",
            error.Hint ?? NotAtThisStage(error.Message));
        return null;
    }

    private static string? NotAtThisStage(string message) =>
        ExpressionStage.Reserved.FirstOrDefault(name => message.Contains('$' + name, StringComparison.Ordinal)) is { } name
            ? $"${name} does not exist at this stage of a task"
            : null;
}
