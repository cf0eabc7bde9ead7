using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Schemas;

namespace AutoFlow.Workflows.Tests.Schemas;

/// <summary>Makes schemas and values out of few names, numbers and texts, so that they often meet.</summary>
internal sealed class RandomSchema(int seed, SchemaDraft draft)
{
    private static readonly string[] Names = ["a", "b", "c", "dd"];
    private static readonly string[] Texts =
    [
        "", "a", "b", "ab", "abc", "é", "😀", "😀a", "a1", "1", " ", "2026-01-31", "2026-02-30", "12:30:00Z", "2026-01-31T12:30:00Z",
        "192.0.2.1", "::1", "123e4567-e89b-42d3-a456-426614174000",
    ];

    private static readonly string[] Patterns = ["^a", "b$", "^.$", "[0-9]", "\\d", "^\\w+$", "^[^a]*$", "a|b", "(?=a)", "^\\S*$", "^(a|b)+$"];
    private static readonly string[] Formats = ["date", "date-time", "time", "ipv4", "ipv6", "uuid"];
    private readonly Random _random = new(seed);
    private bool _mayRefer = true;

    /// <summary>A case: one schema, several values.</summary>
    public SchemaCase Next()
    {
        var schema = Schema(3);
        if (schema.Kind == JqKind.Object)
        {
            // Definitions refer to nothing, so that no schema goes round in circles.
            _mayRefer = false;
            schema = schema.With(DefinitionsKey, JqValue.FromObject(Names.Select(n => KeyValuePair.Create(n, Schema(1)))));
        }

        return new SchemaCase(draft, schema, [.. Enumerable.Range(0, 8).Select(_ => Value(3))]);
    }

    private string DefinitionsKey => draft >= SchemaDraft.Draft201909 ? "$defs" : "definitions";

    private JqValue Schema(int depth)
    {
        if (depth <= 0 || _random.Next(12) == 0) return Leaf();
        var schema = JqValue.EmptyObject;
        for (var n = _random.Next(1, 4); n > 0; n--)
        {
            foreach (var (name, value) in Keyword(depth)) schema = schema.With(name, value);
            // Up to draft 7 a reference makes void what stands beside it; Ajv applies it all the same.
            if (draft <= SchemaDraft.Draft7 && schema.TryGetProperty("$ref", out var reference)) return JqValue.FromObject(("$ref", reference));
        }

        return schema;
    }

    private JqValue Leaf() => _random.Next(draft == SchemaDraft.Draft4 ? 4 : 6) switch
    {
        0 => JqValue.FromObject(("type", JqValue.From(Pick("string", "number", "integer", "object", "array", "boolean", "null")))),
        1 => JqValue.FromObject(("enum", JqValue.FromArray(Value(1), Value(1)))),
        2 => JqValue.EmptyObject,
        3 => JqValue.FromObject(("minimum", Number())),
        4 => JqValue.True,
        _ => JqValue.False,
    };

    private (string, JqValue)[] Keyword(int depth)
    {
        var later = draft >= SchemaDraft.Draft201909;
        return _random.Next(later ? 38 : draft == SchemaDraft.Draft7 ? 30 : 24) switch
        {
            0 => [("type", JqValue.FromArray(Two(() => JqValue.From(Pick("string", "number", "integer", "object", "array", "boolean", "null")))))],
            1 => [("enum", JqValue.FromArray(Two(() => Value(2))))],
            2 => [("minimum", Number()), ("maximum", Number())],
            3 => draft == SchemaDraft.Draft4 ? [("minimum", Number()), ("exclusiveMinimum", JqValue.True)] : [("exclusiveMinimum", Number())],
            4 => draft == SchemaDraft.Draft4 ? [("maximum", Number()), ("exclusiveMaximum", JqValue.True)] : [("exclusiveMaximum", Number())],
            5 => [("multipleOf", JqValue.From(Pick(1, 2, 0.5, 3)))],
            6 => [("minLength", Small()), ("maxLength", Small())],
            7 => [("pattern", JqValue.From(Pick(Patterns)))],
            8 => [("format", JqValue.From(Pick(Formats)))],
            9 => [("minItems", Small())],
            10 => [("maxItems", Small()), ("uniqueItems", JqValue.From(_random.Next(2) == 0))],
            11 => [("minProperties", Small())],
            12 => [("maxProperties", Small())],
            13 => [("required", JqValue.FromArray(JqValue.From(Pick(Names))))],
            14 or 15 => [("properties", Map(depth))],
            16 => [("patternProperties", JqValue.FromObject((Pick(Patterns), Schema(depth - 1))))],
            17 => [("additionalProperties", Schema(depth - 1))],
            18 => [("allOf", JqValue.FromArray(Two(() => Schema(depth - 1))))],
            19 => [("anyOf", JqValue.FromArray(Two(() => Schema(depth - 1))))],
            20 => [("oneOf", JqValue.FromArray(Two(() => Schema(depth - 1))))],
            21 => [("not", Schema(depth - 1))],
            22 => Items(depth),
            23 => depth == 3 || !_mayRefer ? [] : [("$ref", JqValue.From($"#/{DefinitionsKey}/{Names[^1]}"))],
            24 or 25 => [("if", Schema(depth - 1)), ("then", Schema(depth - 1)), ("else", Schema(depth - 1))],
            26 => [("const", Value(2))],
            27 => [("contains", Schema(depth - 1))],
            28 => [("propertyNames", JqValue.FromObject(("pattern", JqValue.From(Pick(Patterns)))))],
            29 => later
                ? [("dependentSchemas", JqValue.FromObject((Pick(Names), Schema(depth - 1))))]
                : [("dependencies", JqValue.FromObject((Pick(Names), JqValue.FromArray(JqValue.From(Pick(Names)))), ("x", Schema(depth - 1))))],
            30 => [("dependentRequired", JqValue.FromObject((Pick(Names), JqValue.FromArray(JqValue.From(Pick(Names))))))],
            31 => [("contains", Schema(depth - 1)), ("minContains", Small()), ("maxContains", Small())],
            < 35 => [("unevaluatedProperties", Schema(depth - 2)), ("properties", Map(depth))],
            35 => [("unevaluatedProperties", JqValue.False), ("anyOf", JqValue.FromArray(Two(() => JqValue.FromObject(("properties", Map(depth - 1))))))],
            _ => [("unevaluatedItems", Schema(depth - 2)), .. Items(depth)],
        };
    }

    private (string, JqValue)[] Items(int depth)
    {
        var tuple = JqValue.FromArray(Two(() => Schema(depth - 1)));
        if (draft == SchemaDraft.Draft202012)
            return _random.Next(2) == 0 ? [("items", Schema(depth - 1))] : _random.Next(2) == 0 ? [("prefixItems", tuple)] : [("prefixItems", tuple), ("items", Schema(depth - 1))];
        return _random.Next(2) == 0 ? [("items", Schema(depth - 1))] : _random.Next(2) == 0 ? [("items", tuple)] : [("items", tuple), ("additionalItems", Schema(depth - 1))];
    }

    private JqValue Map(int depth) => JqValue.FromObject(Names.Where(_ => _random.Next(2) == 0).Select(n => KeyValuePair.Create(n, Schema(depth - 1))));

    private JqValue Value(int depth) => _random.Next(depth <= 0 ? 7 : 12) switch
    {
        0 => JqValue.Null,
        1 => JqValue.From(_random.Next(2) == 0),
        2 or 3 => Number(),
        4 or 5 or 6 => JqValue.From(Pick(Texts)),
        // No empty lists: after an earlier list Ajv keeps its verdict on "contains" for them.
        7 or 8 => JqValue.FromArray(Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Value(depth - 1))),
        _ => JqValue.FromObject(Names.Where(_ => _random.Next(2) == 0).Select(n => KeyValuePair.Create(n, Value(depth - 1)))),
    };

    private JqValue[] Two(Func<JqValue> make) => _random.Next(3) == 0 ? [make()] : [make(), make()];

    private JqValue Number() => JqValue.From(Pick(-2, -1, 0, 1, 2, 3, 0.5, 1.5, 4, 1000));

    private JqValue Small() => JqValue.From(_random.Next(3));

    private T Pick<T>(params T[] from) => from[_random.Next(from.Length)];
}
