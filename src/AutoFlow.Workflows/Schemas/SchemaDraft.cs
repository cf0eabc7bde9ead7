namespace AutoFlow.Workflows.Schemas;

/// <summary>The versions of JSON Schema that are read, oldest first.</summary>
public enum SchemaDraft
{
    /// <summary>Draft 4.</summary>
    Draft4,

    /// <summary>Draft 6.</summary>
    Draft6,

    /// <summary>Draft 7.</summary>
    Draft7,

    /// <summary>Draft 2019-09.</summary>
    Draft201909,

    /// <summary>Draft 2020-12.</summary>
    Draft202012,
}

/// <summary>Names the drafts by the URI under <c>$schema</c>.</summary>
internal static class SchemaDrafts
{
    private static readonly Dictionary<string, SchemaDraft> ByUri = new(StringComparer.Ordinal)
    {
        ["json-schema.org/draft-04/schema"] = SchemaDraft.Draft4,
        ["json-schema.org/draft-06/schema"] = SchemaDraft.Draft6,
        ["json-schema.org/draft-07/schema"] = SchemaDraft.Draft7,
        ["json-schema.org/draft/2019-09/schema"] = SchemaDraft.Draft201909,
        ["json-schema.org/draft/2020-12/schema"] = SchemaDraft.Draft202012,
    };

    /// <summary>The URIs as authors write them.</summary>
    public static IEnumerable<string> Uris => ByUri.Keys.Select(static uri => "https://" + uri);

    /// <summary>The draft that a <c>$schema</c> names; null when it names none of them.</summary>
    public static SchemaDraft? Find(string uri)
    {
        var end = uri.IndexOf("://", StringComparison.Ordinal);
        return end > 0 && uri[..end] is "http" or "https" && ByUri.TryGetValue(uri[(end + 3)..].TrimEnd('#'), out var draft) ? draft : null;
    }

    /// <summary>The keyword that gives a schema its own URI.</summary>
    public static string IdKeyword(this SchemaDraft draft) => draft == SchemaDraft.Draft4 ? "id" : "$id";

    /// <summary>Whether a <c>$ref</c> makes every keyword beside it void.</summary>
    public static bool RefStandsAlone(this SchemaDraft draft) => draft <= SchemaDraft.Draft7;
}
