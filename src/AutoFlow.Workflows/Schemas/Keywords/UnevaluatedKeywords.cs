using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>unevaluatedProperties</c>: a schema for the properties that nothing else looked at (core, section 11.3).</summary>
internal sealed class UnevaluatedPropertiesKeyword(string pointer, SchemaNode node) : SchemaKeyword(pointer)
{
    public override bool LooksAtTheRest => true;

    public static SchemaKeyword Read(KeywordReader reader) => new UnevaluatedPropertiesKeyword(reader.Pointer, reader.Node());

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Object) return true;
        var fits = true;
        foreach (var (name, value) in site.Value.Properties)
        {
            if (site.Marks!.HasProperty(name)) continue;
            fits &= node.IsFalse
                ? site.Run.Fail(site.Path.Property(name), Pointer, "is not known here")
                : site.Run.Apply(node, value, site.Path.Property(name), null);
        }

        site.Marks!.AllProperties();
        return fits;
    }
}

/// <summary><c>unevaluatedItems</c>: a schema for the items that nothing else looked at (core, section 11.2).</summary>
internal sealed class UnevaluatedItemsKeyword(string pointer, SchemaNode node) : SchemaKeyword(pointer)
{
    public override bool LooksAtTheRest => true;

    public static SchemaKeyword Read(KeywordReader reader) => new UnevaluatedItemsKeyword(reader.Pointer, reader.Node());

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Array) return true;
        var fits = true;
        for (var i = 0; i < site.Value.Count; i++)
        {
            if (!site.Marks!.HasItem(i)) fits &= site.Run.Apply(node, site.Value.Items[i], site.Path.Item(i), null);
        }

        site.Marks!.AllItems();
        return fits;
    }
}
