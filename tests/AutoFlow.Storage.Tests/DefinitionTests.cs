using AutoFlow.Support.Definitions;

namespace AutoFlow.Storage.Tests;

public sealed class DefinitionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task The_same_text_is_published_once()
    {
        await using var file = await SupportFile.OpenAsync();
        var definitions = file.Get<IDefinitionStore>();

        var published = await SupportFile.SixteenTimesAsync(_ => definitions.PublishAsync("h1", "support", "where-is-my-order", "1.0.0", "document: …", None));
        await file.ReopenAsync();

        var only = Assert.Single(published.Select(result => result.Value).Distinct());
        Assert.Equal(new PublishedDefinition("h1", "support", "where-is-my-order", "1.0.0", "document: …", TestClock.Start), only);
        Assert.Equal([only!], await file.Get<IDefinitionStore>().AllAsync(None));
        Assert.Equal(only, await file.Get<IDefinitionStore>().FindAsync("h1", None));
        Assert.Null(await file.Get<IDefinitionStore>().FindAsync("h2", None));
    }

    [Fact]
    public async Task A_changed_text_needs_a_new_version()
    {
        await using var file = await SupportFile.OpenAsync();
        var definitions = file.Get<IDefinitionStore>();
        await definitions.PublishAsync("h1", "support", "cancel-order", "1.0.0", "one", None);

        var taken = await definitions.PublishAsync("h2", "support", "cancel-order", "1.0.0", "two", None);
        var newer = await definitions.PublishAsync("h2", "support", "cancel-order", "1.0.1", "two", None);

        Assert.Equal("version-taken", taken.Failure?.Code);
        Assert.True(newer.IsSuccess);
        Assert.Equal(["h1", "h2"], (await definitions.AllAsync(None)).Select(definition => definition.Hash));
    }
}
