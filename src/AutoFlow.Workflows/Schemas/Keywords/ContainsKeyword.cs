using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>contains</c> with <c>minContains</c> and <c>maxContains</c> (core, section 10.3.1.3; validation, sections 6.4.4 and 6.4.5).</summary>
internal sealed class ContainsKeyword(string pointer, SchemaNode node, double least, double most, bool marks) : SchemaKeyword(pointer)
{
    public static SchemaKeyword Read(KeywordReader reader)
    {
        var counts = reader.Draft >= SchemaDraft.Draft201909;
        var least = counts && reader.Schema["minContains"].AsNumber() is { } min ? min : 1;
        var most = counts && reader.Schema["maxContains"].AsNumber() is { } max ? max : double.PositiveInfinity;
        return new ContainsKeyword(reader.Pointer, reader.Node(), least, most, reader.Draft == SchemaDraft.Draft202012);
    }

    /// <summary><c>minContains</c> and <c>maxContains</c> are read with <c>contains</c>; here only their form is checked.</summary>
    public static SchemaKeyword? Limit(KeywordReader reader)
    {
        if (reader.Count() is not null && !reader.Schema.TryGetProperty("contains", out _)) reader.Warn("does nothing without 'contains'");
        return null;
    }

    public override bool Check(SchemaSite site)
    {
        if (site.Value.Kind != JqKind.Array) return true;
        var found = 0;
        for (var i = 0; i < site.Value.Count; i++)
        {
            if (!site.Run.Test(node, site.Value.Items[i], site.Path.Item(i), null)) continue;
            found++;
            if (marks) site.Marks?.Item(i);
        }

        if (found < least)
            return site.Run.Fail(site.Path, Pointer, $"must have at least {Words.Of(least, "item", "items")} that fit 'contains', not {found}");
        return found <= most || site.Run.Fail(site.Path, Pointer, $"must have at most {Words.Of(most, "item", "items")} that fit 'contains', not {found}");
    }
}
