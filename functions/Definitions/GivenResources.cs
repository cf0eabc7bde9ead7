using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Functions.Definitions;

/// <summary>Texts that were handed in with a definition, by absolute URI; what is not among them is left to another reader.</summary>
public sealed class GivenResources(IReadOnlyDictionary<string, string> texts, IResourceReader others) : IResourceReader
{
    public Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation) =>
        texts.TryGetValue(uri.AbsoluteUri, out var text) ? Task.FromResult(ResourceText.Of(text))
        : uri.IsFile ? Task.FromResult(ResourceText.Failed("a file beside a definition is handed in with it, under \"resources\"; 'autoflow publish' does so"))
        : others.ReadAsync(uri, cancellation);

    /// <summary>The texts of a definition as the parser takes them.</summary>
    /// <exception cref="UriFormatException">A key is no absolute URI.</exception>
    public static DefinitionResources Pinned(IReadOnlyDictionary<string, string> texts) =>
        texts.Aggregate(DefinitionResources.Empty, (pinned, one) => pinned.With(new Uri(one.Key), one.Value));

    /// <summary>The texts of a definition as the store takes them.</summary>
    public static Dictionary<string, string> TextsOf(DefinitionResources resources) =>
        resources.Uris.ToDictionary(uri => uri, uri => resources.Find(new Uri(uri))!, StringComparer.Ordinal);
}
