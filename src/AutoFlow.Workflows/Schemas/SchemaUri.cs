namespace AutoFlow.Workflows.Schemas;

/// <summary>Resolves references between schemas (RFC 3986, section 5).</summary>
internal static class SchemaUri
{
    /// <summary>The absolute URI of a reference without fragment; null when it is none.</summary>
    public static string? Resolve(string from, string reference)
    {
        if (reference.Length == 0) return from;
        if (Uri.TryCreate(reference, UriKind.Absolute, out var absolute) && !reference.StartsWith('/')) return absolute.AbsoluteUri;
        return Uri.TryCreate(from, UriKind.Absolute, out var root) && Uri.TryCreate(root, reference, out var joined) ? joined.AbsoluteUri : null;
    }
}
