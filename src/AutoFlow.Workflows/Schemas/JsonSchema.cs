using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas;

/// <summary>
/// A JSON Schema, compiled once: draft 2020-12, and 2019-09, 7, 6 and 4 where <c>$schema</c> says so. Immutable and safe to share.
/// Patterns are ECMA-262 expressions, run in linear time where they can be.
/// </summary>
public sealed class JsonSchema
{
    private readonly SchemaNode _root;
    private readonly SchemaOptions _options;
    private readonly bool _marks;

    internal JsonSchema(SchemaNode root, SchemaOptions options, bool marks) => (_root, _options, _marks) = (root, options, marks);

    /// <summary>Reads a schema and reports everything that is wrong with it at once. Never throws for any value.</summary>
    /// <param name="schema">An object or a boolean.</param>
    /// <param name="options">How to read it; <see cref="SchemaOptions.Default"/> when null.</param>
    public static SchemaCompilation Compile(JqValue schema, SchemaOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return new SchemaCompiler(options ?? SchemaOptions.Default).Compile(schema);
    }

    /// <summary>Why the value does not fit; empty when it does. At most <see cref="SchemaOptions.MostErrors"/>, in the schema's order.</summary>
    public IReadOnlyList<SchemaError> Validate(JqValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var errors = new List<SchemaError>();
        var run = new Evaluation(_options, errors, _marks);
        try
        {
            if (!run.Apply(_root, value, ValuePath.Root, null) && errors.Count == 0)
                errors.Add(new SchemaError("", _root.Pointer, "does not fit the schema"));
        }
        catch (SchemaLimitException limit)
        {
            errors.Add(new SchemaError(limit.Value, limit.Schema, limit.Message));
        }

        return errors;
    }
}
