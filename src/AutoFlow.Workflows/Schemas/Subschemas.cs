using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;
using AutoFlow.Workflows.Schemas.Keywords;

namespace AutoFlow.Workflows.Schemas;

/// <summary>Finds the schemas directly inside a schema; data under <c>const</c>, <c>enum</c>, <c>examples</c> is none.</summary>
internal static class Subschemas
{
    public static IEnumerable<(JqValue Json, string Pointer)> Of(JqValue schema, string pointer, SchemaDraft draft)
    {
        foreach (var (name, value) in schema.Properties)
        {
            if (Vocabulary.Find(name, draft) is not { } rule) continue;
            foreach (var found in Under(rule.Holds, value, JsonPointer.Append(pointer, name))) yield return found;
        }
    }

    /// <summary>The schemas under a keyword.</summary>
    public static IEnumerable<(JqValue Json, string Pointer)> Under(Holds holds, JqValue value, string pointer)
    {
        switch (holds)
        {
            case Holds.Schema:
            case Holds.SchemaOrList when value.Kind != JqKind.Array:
                return [(value, pointer)];
            case Holds.List or Holds.SchemaOrList when value.Kind == JqKind.Array:
                return value.Items.Select((item, index) => (item, $"{pointer}/{index}"));
            case Holds.Map when value.Kind == JqKind.Object:
                return value.Properties.Select(p => (p.Value, JsonPointer.Append(pointer, p.Key)));
            default:
                return [];
        }
    }
}
