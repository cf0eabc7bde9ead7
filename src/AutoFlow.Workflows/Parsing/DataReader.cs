using AutoFlow.Workflows.Expressions;

namespace AutoFlow.Workflows.Parsing;

/// <summary>Reads <c>input</c>, <c>output</c> and <c>export</c> of a workflow or a task.</summary>
internal static class DataReader
{
    /// <summary>The transformation under <paramref name="key"/>; null when there is none, or (with an error) when it is wrong.</summary>
    /// <param name="property">input, output or export.</param>
    /// <param name="key">from or as.</param>
    public static ValueTemplate? Transformation(Fields owner, string property, string key, IReadOnlyList<string> variables)
    {
        if (owner[property] is not { } node) return null;
        var notYet = new Dictionary<string, string> { ["schema"] = $"{property}.schema" };
        if (Fields.Of(node, owner.Context, $"'{property}'", [key], notYet) is not { } fields) return null;
        return fields[key] is { } transformation
            ? ExpressionReader.Transformation(owner.Context, transformation, $"{property}.{key}", variables)
            : null;
    }
}
