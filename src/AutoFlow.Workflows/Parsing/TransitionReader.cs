using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Yaml;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads flow directives and checks that their target is a task of the same list.</summary>
internal static class TransitionReader
{
    /// <summary>The directive under <paramref name="key"/>; null when there is none, or (with an error) when it is wrong.</summary>
    public static FlowDirective? Directive(Fields fields, string key, IReadOnlyList<string> siblings, bool required = false)
    {
        if (fields.Scalar(key, required) is not { } scalar) return null;
        return scalar.Text switch
        {
            "continue" => new FlowDirective(FlowKind.Continue, null, scalar.Position),
            "exit" => new FlowDirective(FlowKind.Exit, null, scalar.Position),
            "end" => new FlowDirective(FlowKind.End, null, scalar.Position),
            _ => ToTask(fields.Context, scalar, siblings),
        };
    }

    private static FlowDirective? ToTask(ParseContext context, YamlScalar scalar, IReadOnlyList<string> siblings)
    {
        if (siblings.Contains(scalar.Text)) return new FlowDirective(FlowKind.Task, scalar.Text, scalar.Position);
        context.Sink.Error(
            scalar.Position,
            $"no task '{scalar.Text}' in this list to go to",
            context.Sink.Nearest(scalar.Text, siblings.Concat(FlowDirective.Words)));
        return null;
    }
}
