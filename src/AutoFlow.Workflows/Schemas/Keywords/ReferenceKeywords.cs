namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>$ref</c>: another schema on the same value (core, section 8.2.3.1).</summary>
internal sealed class ReferenceKeyword(string pointer, SchemaNode target) : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => [target];

    public static SchemaKeyword? Read(KeywordReader reader) =>
        reader.Text() is { } reference && reader.Resolve(reference) is { } place ? new ReferenceKeyword(reader.Pointer, reader.Node(place)) : null;

    public override bool Check(SchemaSite site) => site.Run.Apply(target, site.Value, site.Path, site.Marks);
}

/// <summary>
/// <c>$dynamicRef</c> (core, section 8.2.3.2) and <c>$recursiveRef</c> of 2019-09: as <c>$ref</c>, but the outermost resource on the
/// way here that has the same dynamic anchor takes its place.
/// </summary>
internal sealed class DynamicReferenceKeyword(string pointer, SchemaNode target, string anchor) : SchemaKeyword(pointer)
{
    public static SchemaKeyword? Dynamic(KeywordReader reader)
    {
        if (reader.Text() is not { } reference || reader.Resolve(reference) is not { } place) return null;
        var anchor = Uri.UnescapeDataString(reference[(reference.IndexOf('#', StringComparison.Ordinal) + 1)..]);
        var isDynamic = place.Resource.DynamicAnchors.TryGetValue(anchor, out var named) && named.Pointer == place.Pointer;
        return isDynamic && anchor.Length > 0
            ? new DynamicReferenceKeyword(reader.Pointer, reader.Node(place), anchor)
            : new ReferenceKeyword(reader.Pointer, reader.Node(place));
    }

    public static SchemaKeyword? Recursive(KeywordReader reader)
    {
        if (reader.Text() != "#")
        {
            reader.Wrong("'$recursiveRef' must be '#'");
            return null;
        }

        if (reader.Resolve("#") is not { } place) return null;
        return place.Resource.DynamicAnchors.ContainsKey("")
            ? new DynamicReferenceKeyword(reader.Pointer, reader.Node(place), "")
            : new ReferenceKeyword(reader.Pointer, reader.Node(place));
    }

    public override bool Check(SchemaSite site)
    {
        var outermost = site.Run.Scope.Select(resource => resource.DynamicNodes.GetValueOrDefault(anchor)).FirstOrDefault(static n => n is not null);
        return site.Run.Apply(outermost ?? target, site.Value, site.Path, site.Marks);
    }
}
