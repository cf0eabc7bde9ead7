using AutoFlow.Support.Definitions;

namespace AutoFlow.Storage.Tests;

public sealed class DefinitionTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Theory, OnSqlite, OnPostgres]
    public async Task The_same_text_is_published_once(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var definitions = data.Get<IDefinitionStore>();
        var one = One("h1", "1.0.0") with { Resources = new Dictionary<string, string> { ["https://example.org/f.yaml"] = "call: x" } };

        var published = await SupportData.SixteenTimesAsync(_ => definitions.PublishAsync([one], None));
        await data.ReopenAsync();

        Assert.Single(published, result => Assert.Single(result.Published).IsNew);
        var stored = Assert.Single(await data.Get<IDefinitionStore>().AfterAsync(0, None));
        Assert.Equal(("h1", "support", "cancel-order", "1.0.0", "text of h1", 1L, TestClock.Start), (stored.Hash, stored.Namespace, stored.Name, stored.Version, stored.Text, stored.Number, stored.PublishedAt));
        Assert.Equal(one.Resources, stored.Resources);
        Assert.Equal("text of h1", (await data.Get<IDefinitionStore>().FindAsync("h1", None))!.Text);
        Assert.Equal("text of h1", data.Get<IDefinitionStore>().Find("h1")!.Text);
        Assert.Null(await data.Get<IDefinitionStore>().FindAsync("h2", None));
        Assert.Null(data.Get<IDefinitionStore>().Find("h2"));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task A_changed_text_needs_a_new_version(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var definitions = data.Get<IDefinitionStore>();
        await definitions.PublishAsync([One("h1", "1.0.0")], None);

        var taken = await definitions.PublishAsync([One("h2", "1.0.0")], None);
        var newer = await definitions.PublishAsync([One("h2", "1.0.1")], None);

        Assert.Equal(["h2"], taken.Taken.Select(one => one.Hash));
        Assert.True(Assert.Single(newer.Published).IsNew);
        Assert.Equal(["h1", "h2"], (await definitions.AfterAsync(0, None)).Select(definition => definition.Hash));
        Assert.Equal(["h2"], (await definitions.AfterAsync(1, None)).Select(definition => definition.Hash));
    }

    [Theory, OnSqlite, OnPostgres]
    public async Task Definitions_that_are_published_together_are_stored_together_or_not_at_all(On on)
    {
        await using var data = await SupportData.OpenAsync(on);
        var definitions = data.Get<IDefinitionStore>();
        await definitions.PublishAsync([One("h1", "1.0.0")], None);

        var clash = await definitions.PublishAsync([One("h2", "2.0.0"), One("h3", "1.0.0")], None);
        var twins = await definitions.PublishAsync([One("h4", "4.0.0"), One("h5", "4.0.0")], None);
        var dry = await definitions.TakenAsync([One("h6", "6.0.0"), One("h3", "1.0.0")], None);
        Assert.Single(await definitions.AfterAsync(0, None));
        var both = await definitions.PublishAsync([One("h1", "1.0.0"), One("h2", "2.0.0")], None);

        Assert.Equal((0, "h3"), (clash.Published.Count, Assert.Single(clash.Taken).Hash));
        Assert.Equal("h5", Assert.Single(twins.Taken).Hash);
        Assert.Equal("h3", Assert.Single(dry).Hash);
        Assert.Equal([false, true], both.Published.Select(one => one.IsNew));
    }

    private static NewDefinition One(string hash, string version) =>
        new(hash, "support", "cancel-order", version, $"text of {hash}", new Dictionary<string, string>());
}
