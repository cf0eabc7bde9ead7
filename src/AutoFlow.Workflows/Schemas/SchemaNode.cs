using AutoFlow.Workflows.Schemas.Keywords;

namespace AutoFlow.Workflows.Schemas;

/// <summary>A compiled schema or subschema. Filled after it is made, because schemas may refer to themselves.</summary>
/// <param name="pointer">The JSON pointer in its document, after the document's URI when that is not the first one.</param>
/// <param name="resource">The resource that it belongs to, for dynamic references.</param>
internal sealed class SchemaNode(string pointer, SchemaResource resource)
{
    public string Pointer { get; } = pointer;

    public SchemaResource Resource { get; } = resource;

    /// <summary>What the schema asks for, those that look at what the others left over at the end.</summary>
    public IReadOnlyList<SchemaKeyword> Keywords { get; set; } = [];

    /// <summary>Whether this is the schema <c>false</c>.</summary>
    public bool IsFalse { get; set; }
}
