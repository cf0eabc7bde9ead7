using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileQueryTests : QueryConformance<SqliteFileFixture>;

public sealed class SqliteMemoryQueryTests : QueryConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: show instances, and purge them.</summary>
public abstract class QueryConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    /// <summary>Instances by the hour, each third completed, failed, running.</summary>
    private async Task FillAsync(int count)
    {
        OrchestrationRuntimeStatus[] statuses = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running];
        await Task.WhenAll(Enumerable.Range(0, count).Select(number =>
            Store.CreateAsync($"i-{number:000}", number + 1, statuses[number % 3], at: Commits.At.AddHours(number), more: commit => commit.Turn = Commits.Turn(0))));
    }

    private List<string> All(OrchestrationQuery query, int size)
    {
        var ids = new List<string>();
        string? token = null;
        do
        {
            var page = Store.Query(query, token, size);
            Assert.InRange(page.Values.Count, 0, size);
            ids.AddRange(page.Values.Select(instance => instance.InstanceId));
            token = page.ContinuationToken;
        }
        while (token is not null);
        return ids;
    }

    [Fact]
    public async Task An_instance_is_shown_with_payloads_only_where_asked_for()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.Status = Commits.Status(OrchestrationRuntimeStatus.Completed, "\"out\"", (true, "\"c\"")));
        await _fixture.ReopenAsync();
        var full = Store.Get("a", payloads: true)!;
        Assert.Equal(("a", "Flow", OrchestrationRuntimeStatus.Completed), (full.InstanceId, full.Name, full.RuntimeStatus));
        Assert.Equal(("\"in\"", "\"out\"", "\"c\""), (full.SerializedInput, full.SerializedOutput, full.SerializedCustomStatus));
        Assert.Equal((Commits.At, "1001"), (full.CreatedAt.UtcDateTime, full.Tags["order"]));
        var plain = Store.Get("a", payloads: false)!;
        Assert.Equal((null, null, null, "1001"), (plain.SerializedInput, plain.SerializedOutput, plain.SerializedCustomStatus, plain.Tags["order"]));
        Assert.Null(Store.Get("b", payloads: true));
    }

    [Fact]
    public async Task A_turn_is_the_last_update()
    {
        await Store.CreateAsync("a", 1);
        await Store.AddAsync("a", 1, commit => commit.Turn = TurnRow.Of(new TurnRecord(0, Commits.At.AddDays(2), [], [])));
        Assert.Equal(Commits.At.AddDays(2), Store.Get("a", payloads: false)!.LastUpdatedAt.UtcDateTime);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(30)]
    [InlineData(1000)]
    public async Task Pages_together_give_all_in_the_order_of_the_keys(int size)
    {
        await FillAsync(30);
        Assert.Equal(Enumerable.Range(0, 30).Select(number => $"i-{number:000}"), All(new OrchestrationQuery(), size));
    }

    [Fact]
    public async Task Filters_go_together()
    {
        await FillAsync(30);
        Assert.Equal(10, All(new(Statuses: [OrchestrationRuntimeStatus.Failed]), 4).Count);
        Assert.Equal(20, All(new(Statuses: [OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Running]), 4).Count);
        Assert.Empty(All(new(Statuses: []), 4));
        Assert.Equal(["i-003", "i-004", "i-005"], All(new(CreatedFrom: Commits.At.AddHours(3), CreatedTo: Commits.At.AddHours(5)), 4));
        Assert.Equal(["i-020", "i-023", "i-026", "i-029"], All(new(InstanceIdPrefix: "i-02", Statuses: [OrchestrationRuntimeStatus.Running]), 3));
        Assert.Empty(All(new(InstanceIdPrefix: "I-02"), 3));
    }

    [Fact]
    public void A_token_that_is_none_is_refused()
        => Assert.Throws<ArgumentException>(() => Store.Query(new OrchestrationQuery(), "not a token", 10));

    [Fact]
    public async Task Purge_takes_finished_instances_only_with_all_that_is_theirs()
    {
        await FillAsync(6);
        Assert.Equal(["i-000"], await Store.PurgeAsync(new PurgeRequest("i-000", null, false), default));
        Assert.Empty(await Store.PurgeAsync(new PurgeRequest("i-000", null, false), default));
        Assert.Empty(await Store.PurgeAsync(new PurgeRequest("i-002", null, false), default));
        Assert.Empty(await Store.PurgeAsync(new PurgeRequest("nobody", null, false), default));
        await _fixture.ReopenAsync();
        Assert.Empty(Store.Turns(1));
        Assert.Null(Store.Find("i-000"));
        Assert.Equal(5, All(new OrchestrationQuery(), 10).Count);
    }

    [Fact]
    public async Task Purge_by_a_filter_goes_in_bites_and_takes_all()
    {
        await FillAsync(750);
        var failed = await Store.PurgeAsync(new PurgeRequest(null, new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Failed]), false), default);
        Assert.Equal(250, failed.Distinct().Count());
        var early = await Store.PurgeAsync(new PurgeRequest(null, new PurgeInstancesFilter(Commits.At, Commits.At.AddHours(2)), false), default);
        Assert.Equal(["i-000"], early);
        Assert.Empty(await Store.PurgeAsync(new PurgeRequest(null, new PurgeInstancesFilter(Statuses: [OrchestrationRuntimeStatus.Running]), false), default));
        Assert.Equal(249, (await Store.PurgeAsync(new PurgeRequest(null, new PurgeInstancesFilter(), false), default)).Count);
        Assert.Equal(250, All(new OrchestrationQuery(), 100).Count);
    }

    [Fact]
    public async Task Purge_takes_the_finished_of_a_family_where_asked()
    {
        await Store.CreateAsync("root", 1, OrchestrationRuntimeStatus.Completed);
        await Store.CreateAsync("child", 2, OrchestrationRuntimeStatus.Running, new TaskOf(1, 0, 0));
        await Store.CreateAsync("grandchild", 3, OrchestrationRuntimeStatus.Failed, new TaskOf(2, 0, 0));
        await Store.CreateAsync("stranger", 4, OrchestrationRuntimeStatus.Failed);
        Assert.Equal(["grandchild", "root"], (await Store.PurgeAsync(new PurgeRequest("root", null, true), default)).Order());
        Assert.Equal(["child", "stranger"], All(new OrchestrationQuery(), 10));
    }
}
