using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Schemas;

/// <summary>A document that holds schemas.</summary>
/// <param name="Root">The whole document.</param>
/// <param name="Prefix">What pointers into it begin with: nothing for the first document, else its URI and <c>#</c>.</param>
internal sealed record SchemaDocument(JqValue Root, string Prefix);

/// <summary>A schema with a URI of its own and what is inside it (JSON Schema core, section 4.3.5).</summary>
/// <param name="uri">The URI without fragment.</param>
/// <param name="draft">The draft it is written in.</param>
/// <param name="root">Where it stands.</param>
internal sealed class SchemaResource(string uri, SchemaDraft draft, SchemaDocument document, string pointer, JqValue root)
{
    public string Uri { get; } = uri;

    public SchemaDraft Draft { get; } = draft;

    public SchemaPlace Root => new(this, Document, pointer, root);

    public SchemaDocument Document { get; } = document;

    /// <summary>The places that <c>$anchor</c> and <c>$dynamicAnchor</c> name.</summary>
    public Dictionary<string, SchemaPlace> Anchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The places that <c>$dynamicAnchor</c> names; under "" the root with <c>$recursiveAnchor</c> (2019-09).</summary>
    public Dictionary<string, SchemaPlace> DynamicAnchors { get; } = new(StringComparer.Ordinal);

    /// <summary>The compiled targets of dynamic references.</summary>
    public Dictionary<string, SchemaNode> DynamicNodes { get; } = new(StringComparer.Ordinal);
}

/// <summary>A subschema where it stands.</summary>
/// <param name="Resource">The resource that relative references in it are resolved against.</param>
/// <param name="Document">Its document.</param>
/// <param name="Pointer">Its JSON pointer in the document.</param>
/// <param name="Json">Itself.</param>
internal sealed record SchemaPlace(SchemaResource Resource, SchemaDocument Document, string Pointer, JqValue Json)
{
    public string FullPointer => Document.Prefix + Pointer;
}
