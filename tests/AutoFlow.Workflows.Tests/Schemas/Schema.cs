using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

/// <summary>Compiles the schemas of the tests and asks them.</summary>
internal static class Schema
{
    public static JsonSchema Of(string json, SchemaOptions? options = null)
    {
        var compilation = JsonSchema.Compile(JqValue.Parse(json), options);
        Assert.True(compilation.Succeeded, string.Join('\n', compilation.Problems));
        return compilation.Schema;
    }

    public static SchemaOptions In(SchemaDraft draft) => new() { Draft = draft };

    /// <summary>Asserts which of the values fit, each written as JSON.</summary>
    public static void Takes(string schema, string[] fitting, string[] others, SchemaOptions? options = null)
    {
        var compiled = Of(schema, options);
        foreach (var value in fitting) Assert.True(compiled.Validate(JqValue.Parse(value)) is [], $"{value}: {string.Join("; ", compiled.Validate(JqValue.Parse(value)))}");
        foreach (var value in others) Assert.True(compiled.Validate(JqValue.Parse(value)) is not [], $"{value} fits");
    }

    public static IReadOnlyList<SchemaError> Errors(string schema, string value, SchemaOptions? options = null) =>
        Of(schema, options).Validate(JqValue.Parse(value));

    /// <summary>The findings about a wrong schema.</summary>
    public static IReadOnlyList<SchemaProblem> Problems(string schema, SchemaOptions? options = null) =>
        JsonSchema.Compile(JqValue.Parse(schema), options).Problems;
}
