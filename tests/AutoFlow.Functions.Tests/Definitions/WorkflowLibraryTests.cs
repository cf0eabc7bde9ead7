using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Workflows.Catalog;
using AutoFlow.Workflows.Model;

namespace AutoFlow.Functions.Tests.Definitions;

/// <summary>A definition that one host publishes counts on every host.</summary>
public sealed class WorkflowLibraryTests
{
    private readonly World _world = new();
    private readonly WorkflowLibrary _here;
    private readonly WorkflowLibrary _there;

    public WorkflowLibraryTests()
    {
        _here = _world.LibraryOf(new DefinitionCatalog(StepCatalog.Default));
        _there = _world.LibraryOf(new DefinitionCatalog(StepCatalog.Default));
    }

    [Fact]
    public async Task A_hash_that_is_unknown_here_is_found_in_the_store()
    {
        var hash = await PublishAsync("1.0.0");

        Assert.Equal("1.0.0", _there.Find(hash)!.Identity.Version);
        Assert.Null(_there.Find("0000"));
    }

    [Fact]
    public async Task A_publication_counts_here_at_once_and_elsewhere_within_seconds()
    {
        await PublishAsync("1.0.0");
        Assert.Equal("1.0.0", (await _there.NewestAsync(default)).Latest("refunds").Identity.Version);
        await PublishAsync("1.1.0");

        Assert.Equal("1.1.0", (await _here.NewestAsync(default)).Latest("refunds").Identity.Version);
        Assert.Equal("1.0.0", (await _there.NewestAsync(default)).Latest("refunds").Identity.Version);
        _world.Time.Now += TimeSpan.FromSeconds(5);
        Assert.Equal("1.1.0", (await _there.NewestAsync(default)).Latest("refunds").Identity.Version);
    }

    [Fact]
    public async Task Who_asks_for_newest_again_and_again_asks_the_store_now_and_then()
    {
        await PublishAsync("1.0.0");
        var before = _world.Definitions.Asked;

        for (var asked = 0; asked < 100; asked++) await _there.NewestAsync(default);

        Assert.Equal(1, _world.Definitions.Asked - before);
    }

    [Fact]
    public async Task A_reference_is_looked_up_in_the_store()
    {
        await _there.NewestAsync(default);
        await PublishAsync("1.0.0");

        Assert.Equal("1.0.0", (await _there.FindAsync(new WorkflowIdentity("test", "refunds", "latest"), default))!.Identity.Version);
        Assert.Null(await _there.FindAsync(new WorkflowIdentity("test", "refunds", "2.0.0"), default));
    }

    [Fact]
    public async Task The_intents_of_the_newest_version_are_routed_at_once()
    {
        await PublishAsync("1.0.0", "intents: [refund_status]");
        Assert.Equal("refunds", (await _here.NewestAsync(default)).ByIntent["refund_status"]);

        await PublishAsync("2.0.0", "intents: [refund_late], covers: [order_status]");

        var newest = await _here.NewestAsync(default);
        Assert.Equal(["refund_late"], newest.ByIntent.Keys);
        Assert.True(newest.Covers("refunds", "order_status"));
    }

    [Fact]
    public async Task A_published_text_that_no_longer_reads_holds_nobody_up()
    {
        await PublishAsync("1.0.0");
        _world.Definitions.Publish([new("h-old", "test", "old", "1.0.0", "document: {}", new Dictionary<string, string>())]);

        var errors = await _there.RefreshAsync(default);

        Assert.NotEmpty(errors);
        Assert.Equal("refunds", Assert.Single((await _there.NewestAsync(default)).All).Identity.Name);
        Assert.Null(_there.Find("h-old"));
    }

    private async Task<string> PublishAsync(string version, string metadata = "")
    {
        var desk = new DefinitionDesk(StepCatalog.Default, _world.Definitions, new NoWeb(), _here);
        var text = $$"""
            document: { dsl: '1.0.3', namespace: test, name: refunds, version: '{{version}}', metadata: { {{metadata}} } }
            do:
              - done:
                  set: { done: true }
            """;
        var stored = Assert.IsType<PublishOutcome.Stored>(await desk.PublishAsync([new DefinitionText("refunds.yaml", text, new Dictionary<string, string>())], dryRun: false, default));
        return Assert.Single(stored.Definitions).Definition.Hash;
    }
}
