using AutoFlow.Workflows.Expressions;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads <c>input</c>, <c>output</c> and <c>export</c> of a workflow or a task.</summary>
internal static class DataReader
{
    /// <summary>The transformation under <paramref name="key"/>; null when there is none, or (with an error) when it is wrong.</summary>
    /// <param name="property">input, output or export.</param>
    /// <param name="key">from or as.</param>
    public static ValueTemplate? Transformation(Fields owner, string property, string key, IReadOnlyList<string> variables) =>
        Part(owner, property, key)?[key] is { } transformation
            ? ExpressionReader.Transformation(owner.Context, transformation, $"{property}.{key}", variables)
            : null;

    /// <summary>The schema; null when there is none, or (with an error) when it is wrong.</summary>
    public static DataSchema? Schema(Fields owner, string property, string key) =>
        Part(owner, property, key)?["schema"] is { } schema ? SchemaReader.Read(owner.Context, schema, $"{property}.schema") : null;

    private static Fields? Part(Fields owner, string property, string key) =>
        owner[property] is { } node ? Fields.Of(node, owner.Context, $"'{property}'", [key, "schema"]) : null;
}
