using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Jq;

namespace AutoFlow.Workflows.Catalog;

/// <summary>
/// The texts from outside that a definition names: schemas and functions by URI (OWS dsl.md, "External Resources"). They are read
/// once, when the definition is published, and belong to it from then on. Immutable.
/// </summary>
/// <remarks>
/// A key is an absolute URI without a fragment. A file beside the definition is <c>file:///</c> and its path from the definition's
/// folder, so that the key, and with it the definition's hash, is the same on every machine.
/// </remarks>
public sealed class DefinitionResources
{
    private readonly ImmutableSortedDictionary<string, string> _texts;

    private DefinitionResources(ImmutableSortedDictionary<string, string> texts) => _texts = texts;

    /// <summary>No texts.</summary>
    public static DefinitionResources Empty { get; } =
        new(ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal));

    /// <summary>How many texts there are.</summary>
    public int Count => _texts.Count;

    /// <summary>The URIs, sorted.</summary>
    public IEnumerable<string> Uris => _texts.Keys;

    /// <summary>The text of a resource; null when it is not here.</summary>
    public string? Find(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return _texts.GetValueOrDefault(uri.AbsoluteUri);
    }

    /// <summary>These texts and one more, with line feeds only; of two texts with one URI the later one wins.</summary>
    public DefinitionResources With(Uri uri, string text)
    {
        ArgumentNullException.ThrowIfNull(uri);
        ArgumentNullException.ThrowIfNull(text);
        return new DefinitionResources(_texts.SetItem(uri.AbsoluteUri, new SourceText(uri.AbsoluteUri, text).Text));
    }

    /// <summary>The texts as JSON, an object by URI, to be kept beside the definition's own text.</summary>
    public JqValue ToJson() => JqValue.FromObject(_texts.Select(static t => KeyValuePair.Create(t.Key, JqValue.From(t.Value))));

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="FormatException">The value is no object of texts by absolute URI.</exception>
    public static DefinitionResources FromJson(JqValue json)
    {
        ArgumentNullException.ThrowIfNull(json);
        if (json.Kind != JqKind.Object) throw new FormatException("The resources of a definition are an object of texts by URI.");
        return json.Properties.Aggregate(Empty, static (resources, property) =>
            Uri.TryCreate(property.Key, UriKind.Absolute, out var uri) && property.Value.AsString() is { } text
                ? resources.With(uri, text)
                : throw new FormatException($"'{property.Key}' is no absolute URI with a text."));
    }

    /// <summary>The content address of a definition with these resources: its own hash where there are none.</summary>
    /// <param name="definition">The hash of the definition's text.</param>
    internal string HashOf(string definition)
    {
        if (Count == 0) return definition;
        var lines = new StringBuilder(definition).Append('\n');
        foreach (var (uri, text) in _texts) lines.Append(uri).Append(' ').Append(Sha256(text)).Append('\n');
        return Sha256(lines.ToString());
    }

    private static string Sha256(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
