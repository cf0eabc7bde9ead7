namespace AutoFlow.Workflows.Schemas.Keywords;

/// <summary><c>allOf</c>: every schema must fit (core, section 10.2.1.1).</summary>
internal sealed class AllOfKeyword(string pointer, IReadOnlyList<SchemaNode> nodes) : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => nodes;

    public static SchemaKeyword? Read(KeywordReader reader) => reader.List() is { } nodes ? new AllOfKeyword(reader.Pointer, nodes) : null;

    public override bool Check(SchemaSite site)
    {
        var fits = true;
        foreach (var node in nodes) fits &= site.Run.Apply(node, site.Value, site.Path, site.Marks);
        return fits;
    }
}

/// <summary><c>anyOf</c> and <c>oneOf</c>: at least one, or exactly one schema must fit (core, sections 10.2.1.2 and 10.2.1.3).</summary>
internal sealed class AlternativesKeyword(string pointer, IReadOnlyList<SchemaNode> nodes, bool onlyOne) : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => nodes;

    public static SchemaKeyword? AnyOf(KeywordReader reader) => reader.List() is { } n ? new AlternativesKeyword(reader.Pointer, n, false) : null;

    public static SchemaKeyword? OneOf(KeywordReader reader) => reader.List() is { } n ? new AlternativesKeyword(reader.Pointer, n, true) : null;

    public override bool Check(SchemaSite site)
    {
        var fitting = new List<int>();
        for (var i = 0; i < nodes.Count; i++)
        {
            if (site.Run.Test(nodes[i], site.Value, site.Path, site.Marks)) fitting.Add(i);
            if (fitting.Count > 0 && !onlyOne && !site.Run.KeepsMarks) return true;
            if (fitting.Count > 1 && onlyOne) return site.Run.Fail(site.Path, Pointer, $"fits the alternatives {fitting[0]} and {fitting[1]}, but only one may fit");
        }

        return fitting.Count > 0 || Nothing(site);
    }

    /// <summary>Says that no alternative fits, and why the nearest does not: the one with the deepest first error, then the fewest.</summary>
    private bool Nothing(SchemaSite site)
    {
        var nearest = nodes.Select(node => site.Run.Why(node, site.Value, site.Path))
            .OrderByDescending(static why => why is [var first, ..] ? first.Value.Length : 0)
            .ThenBy(static why => why.Count)
            .FirstOrDefault() ?? [];
        if (nodes.Count == 1) site.Run.Note(nearest);
        else site.Run.Fail(site.Path, Pointer, $"fits none of the {nodes.Count} alternatives{(nearest.Count > 0 ? "; to the nearest:" : "")}");
        if (nodes.Count > 1) site.Run.Note(nearest);
        return false;
    }
}

/// <summary><c>not</c>: the schema must not fit (core, section 10.2.1.4).</summary>
internal sealed class NotKeyword(string pointer, SchemaNode node) : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => [node];

    public static SchemaKeyword Read(KeywordReader reader) => new NotKeyword(reader.Pointer, reader.Node());

    public override bool Check(SchemaSite site) =>
        !site.Run.Test(node, site.Value, site.Path, null) || site.Run.Fail(site.Path, Pointer, "must not fit the schema under 'not'");
}

/// <summary><c>if</c> with <c>then</c> and <c>else</c> (core, section 10.2.2).</summary>
internal sealed class ConditionKeyword(string pointer, SchemaNode condition, SchemaNode? then, SchemaNode? otherwise) : SchemaKeyword(pointer)
{
    public override IEnumerable<SchemaNode> OnSameValue => new[] { condition, then, otherwise }.OfType<SchemaNode>();

    public static SchemaKeyword Read(KeywordReader reader) =>
        new ConditionKeyword(reader.Pointer, reader.Node(), reader.Sibling("then"), reader.Sibling("else"));

    /// <summary><c>then</c> and <c>else</c> are read with <c>if</c>; here only their form is checked.</summary>
    public static SchemaKeyword? Branch(KeywordReader reader)
    {
        reader.Node();
        if (!reader.Schema.TryGetProperty("if", out _)) reader.Warn("does nothing without 'if'");
        return null;
    }

    public override bool Check(SchemaSite site)
    {
        var branch = site.Run.Test(condition, site.Value, site.Path, site.Marks) ? then : otherwise;
        return branch is null || site.Run.Apply(branch, site.Value, site.Path, site.Marks);
    }
}
