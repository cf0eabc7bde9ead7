using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>items</c> and, to 2019-09, <c>additionalItems</c>: a schema for the items after the first few (core, section 10.3.1).</summary>
internal sealed class ItemsKeyword(string pointer, SchemaNode node, int first) : SchemaKeyword(pointer)
{
    /// <summary>2020-12: one schema for all items after those of <c>prefixItems</c>.</summary>
    public static SchemaKeyword? Items(KeywordReader reader)
    {
        if (reader.Value.Kind != JqKind.Array) return new ItemsKeyword(reader.Pointer, reader.Node(), reader.Schema["prefixItems"].Count);
        reader.Wrong("'items' must be one schema", "a schema for each place is written under 'prefixItems'");
        return null;
    }

    /// <summary>To 2019-09: one schema for all items, or one for each of the first.</summary>
    public static SchemaKeyword? ItemsOrTuple(KeywordReader reader)
    {
        if (reader.Value.Kind != JqKind.Array) return new ItemsKeyword(reader.Pointer, reader.Node(), 0);
        return reader.Value.Count == 0 ? null : PrefixItemsKeyword.Read(reader);
    }

    /// <summary>To 2019-09: the items after those that <c>items</c> has a schema for; nothing where <c>items</c> is one schema.</summary>
    public static SchemaKeyword? AdditionalItems(KeywordReader reader)
    {
        var node = reader.Node();
        return reader.Schema["items"] is { Kind: JqKind.Array } tuple ? new ItemsKeyword(reader.Pointer, node, tuple.Count) : null;
    }

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Array) return true;
        var fits = true;
        for (var i = first; i < site.Value.Count; i++) fits &= site.Run.Apply(node, site.Value.Items[i], site.Path.Item(i), null);
        site.Marks?.AllItems();
        return fits;
    }
}

/// <summary><c>prefixItems</c>: a schema for each of the first items (core, section 10.3.1.1).</summary>
internal sealed class PrefixItemsKeyword(string pointer, IReadOnlyList<SchemaNode> nodes) : SchemaKeyword(pointer)
{
    public static SchemaKeyword? Read(KeywordReader reader) => reader.List() is { } nodes ? new PrefixItemsKeyword(reader.Pointer, nodes) : null;

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Array) return true;
        var fits = true;
        for (var i = 0; i < Math.Min(nodes.Count, site.Value.Count); i++)
            fits &= site.Run.Apply(nodes[i], site.Value.Items[i], site.Path.Item(i), null);
        site.Marks?.Prefix(nodes.Count);
        return fits;
    }
}
