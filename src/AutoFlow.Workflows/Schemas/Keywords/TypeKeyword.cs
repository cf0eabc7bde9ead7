using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>type</c>: one of the JSON types, or a list of them (validation, section 6.1.1).</summary>
internal static class TypeKeyword
{
    private static readonly string[] Types = ["array", "boolean", "integer", "null", "number", "object", "string"];

    public static SchemaKeyword? Read(KeywordReader reader)
    {
        var types = reader.Value.Kind == JqKind.String ? [reader.Value.AsString()!] : reader.Texts();
        if (types is null) return null;
        if (types.Count == 0) reader.Wrong("'type' is an empty list, which no value fits");
        foreach (var unknown in types.Where(static t => !Types.Contains(t)))
            reader.Wrong($"unknown type '{unknown}'", NearestWord.Hint(unknown, Types));
        var expected = Words.Or([.. types.Select(Words.A)]);
        return new Assertion(reader.Pointer, value => types.Any(type => Is(value, type)) ? null : $"must be {expected}, not {Words.A(value)}");
    }

    private static bool Is(JqValue value, string type) =>
        type == "integer" ? value is JqNumber number && Numbers.IsWhole(number) : value.TypeName == type;
}
