using AutoFlow.Workflows.Catalog;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>A machine without a network.</summary>
internal sealed class NoWeb : IResourceReader
{
    public Task<ResourceText> ReadAsync(Uri uri, CancellationToken cancellation) => Task.FromResult(ResourceText.Failed("there is no network"));
}
