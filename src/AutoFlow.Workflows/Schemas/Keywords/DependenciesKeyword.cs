using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Parsing;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary>
/// <c>dependentSchemas</c> (core, section 10.2.2.4), and to draft 7 <c>dependencies</c>, which may hold lists of names as well: what a
/// property asks of the object that has it.
/// </summary>
internal sealed class DependenciesKeyword(
    string pointer, IReadOnlyList<(string Key, SchemaNode Node)> schemas, IReadOnlyList<(string Key, IReadOnlyList<string> Names)> names)
    : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => schemas.Select(static s => s.Node);

    public static SchemaKeyword? Schemas(KeywordReader reader) =>
        reader.Map() is { } map ? new DependenciesKeyword(reader.Pointer, [.. map.Select(static p => (p.Key, p.Value))], []) : null;

    public static SchemaKeyword? SchemasOrNames(KeywordReader reader)
    {
        if (reader.Value.Kind != JqKind.Object)
        {
            reader.Mistyped("a map of schemas or lists of names");
            return null;
        }

        var lists = reader.Value.Properties.Where(static p => p.Value.Kind == JqKind.Array)
            .Select(p => (p.Key, reader.Texts(p.Value, JsonPointer.Append(reader.Pointer, p.Key)) ?? []));
        var schemas = reader.Value.Properties.Where(static p => p.Value.Kind != JqKind.Array).Select(p => (p.Key, reader.Under(p.Key)));
        return new DependenciesKeyword(reader.Pointer, [.. schemas], [.. lists]);
    }

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = ObjectKeywords.Broken(site.Value, names) is not { } message || site.Run.Fail(site.Path, Pointer, message);
        foreach (var (key, node) in schemas)
        {
            if (site.Value.TryGetProperty(key, out _)) fits &= site.Run.Apply(node, site.Value, site.Path, site.Marks);
        }

        return fits;
    }
}
