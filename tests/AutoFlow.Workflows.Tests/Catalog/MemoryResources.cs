using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Workflows.Tests.Catalog;

/// <summary>Resources held in memory, which note what was asked for.</summary>
internal sealed class MemoryResources(params (string Uri, string Text)[] texts) : IResourceReader
{
    private readonly List<string> _asked = [];

    public IReadOnlyList<string> Asked => _asked;

    public Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation)
    {
        _asked.Add(uri.AbsoluteUri);
        return Task.FromResult(
            texts.Where(t => t.Uri == uri.AbsoluteUri).Select(static t => ResourceText.Of(t.Text)).FirstOrDefault() ?? ResourceText.Failed("404 Not Found"));
    }
}
