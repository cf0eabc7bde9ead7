using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileInstanceTests : InstanceConformance<SqliteFileFixture>;

public sealed class SqliteMemoryInstanceTests : InstanceConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: commits, and instances.</summary>
public abstract class InstanceConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();



    [Fact]
    public async Task An_instance_is_there_when_its_commit_has_ended_and_not_before()
    {
        Task created;
        using (_fixture.Hold())
        {
            created = Store.CreateAsync("a", 1, parent: new TaskOf(7, 2, 3));
            Assert.False(created.IsCompleted);
            if (_fixture.IsKept)
                Assert.Null(Store.Find("a"));
        }

        await created;
        await _fixture.ReopenAsync();
        Assert.Equal(new InstanceRow(1, "a", "Flow", "1.2", 0, OrchestrationRuntimeStatus.Running, new TaskOf(7, 2, 3)), Store.Find("a"));
        Assert.Null(Store.Find("A"));
        Assert.Empty(Store.Turns(1));
        Assert.Empty(Store.History("a")!);
        Assert.Null(Store.History("b"));
    }

    [Fact]
    public async Task A_commit_that_cannot_be_applied_fails_alone_and_leaves_nothing()
    {
        await Store.CreateAsync("taken", 1);
        Task bad;
        List<Task> good;
        using (_fixture.Hold())
        {
            good = [Store.CreateAsync("before", 2)];
            bad = Store.CreateAsync("taken", 3, more: commit =>
            {
                commit.Turn = Commits.Turn(0);
                commit.Busy = true;
                commit.TimersSet.Add((4, Commits.At, null));
                commit.Sent.Add(new SignalMessage("before", new EventRaised("lost", null)) { InboxKey = 1 });
            });
            good.Add(Store.CreateAsync("after", 4));
        }

        await Task.WhenAll(good);
        await Assert.ThrowsAnyAsync<Exception>(() => bad);
        await _fixture.ReopenAsync();
        Assert.Equal([1L, 2L, 4L], new[] { "taken", "before", "after" }.Select(id => Store.Find(id)!.Key));
        Assert.Empty(Store.Turns(3));
        Assert.Empty(Store.Timers(null, 10));
        Assert.Empty(Store.LeftWork().Inbox);
        Assert.Empty(Store.LeftWork().Busy);
    }

    [Fact]
    public async Task A_purged_instance_leaves_no_activity_to_run()
    {
        await Store.CreateAsync(
            "a", 1, OrchestrationRuntimeStatus.Completed, more: commit => commit.Orphaned.Add(new ActivityTask(new TaskOf(1, 0, 2), new("Work", "a", 2, "1"))));
        Assert.Equal(["a"], await Store.PurgeAsync(new PurgeRequest("a", null, false), default));
        Assert.Empty(Store.LeftWork().Orphans);
    }

    [Fact]
    public async Task A_replaced_instance_leaves_nothing_of_itself_but_the_activities_that_still_run()
    {
        await Store.CreateAsync("a", 1, OrchestrationRuntimeStatus.Completed, more: commit =>
        {
            commit.Turn = Commits.Turn(0);
            commit.TimersSet.Add((1, Commits.At, null));
            commit.Busy = true;
            commit.Orphaned.Add(new ActivityTask(new TaskOf(1, 0, 2), new("Work", "a", 2, null)));
        });
        await Store.AddAsync("a", 2, commit =>
        {
            commit.Replaced = 1;
            commit.Created = Commits.Row("a", 2) with { Generation = 1 };
        });
        await _fixture.ReopenAsync();
        Assert.Equal((2L, 1), (Store.Find("a")!.Key, Store.Find("a")!.Generation));
        Assert.Empty(Store.Turns(1));
        Assert.Empty(Store.History("a")!);
        Assert.Empty(Store.Timers(null, 10));
        Assert.Empty(Store.LeftWork().Busy);
        Assert.Equal(new TaskOf(1, 0, 2), Assert.Single(Store.LeftWork().Orphans).Of);
        Assert.Null(Store.Get("a", payloads: true)!.SerializedOutput);
    }

    [Fact]
    public async Task A_status_change_shows_and_the_custom_status_stays_until_it_is_set()
    {
        await Store.CreateAsync("a", 1, OrchestrationRuntimeStatus.Pending);
        await Store.AddAsync("a", 1, commit => commit.Status = Commits.Status(OrchestrationRuntimeStatus.Running, custom: (true, "\"one\"")));
        Assert.Equal((OrchestrationRuntimeStatus.Running, "\"one\""), Shown());
        await Store.AddAsync("a", 1, commit => commit.Status = Commits.Status(OrchestrationRuntimeStatus.Suspended));
        Assert.Equal((OrchestrationRuntimeStatus.Suspended, "\"one\""), Shown());
        await Store.AddAsync("a", 1, commit => commit.Status = Commits.Status(OrchestrationRuntimeStatus.Running, custom: (true, null)));
        Assert.Equal((OrchestrationRuntimeStatus.Running, null), Shown());
        await Store.AddAsync("a", 1, commit => commit.Status = new StatusChange(
            OrchestrationRuntimeStatus.Failed, Commits.At.AddDays(1), default, null, HistoryJson.Write(new Microsoft.DurableTask.TaskFailureDetails("T", "m", null, null))));
        await _fixture.ReopenAsync();
        var failed = Store.Get("a", payloads: true)!;
        Assert.Equal((OrchestrationRuntimeStatus.Failed, "m", Commits.At.AddDays(1)), (failed.RuntimeStatus, failed.FailureDetails!.ErrorMessage, failed.LastUpdatedAt.UtcDateTime));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, Store.Find("a")!.Status);

        (OrchestrationRuntimeStatus, string?) Shown()
            => (Store.Get("a", payloads: true)!.RuntimeStatus, Store.Get("a", payloads: true)!.SerializedCustomStatus);
    }

    [Fact]
    public async Task Children_are_those_of_the_caller_in_the_order_of_their_keys()
    {
        await Store.CreateAsync("parent", 1);
        await Store.CreateAsync("second", 5, parent: new TaskOf(1, 1, 0));
        await Store.CreateAsync("first", 3, parent: new TaskOf(1, 0, 0));
        await Store.CreateAsync("other", 4, parent: new TaskOf(2, 0, 0));
        Assert.Equal(["first", "second"], Store.Children(1));
        Assert.Empty(Store.Children(3));
    }

    [Fact]
    public async Task Big_payloads_and_odd_ids_are_kept()
    {
        var payload = $"\"{new string('ü', 1_000_000)}\"";
        const string Id = "mail/ünï 'quoted' \"%_\" 🚚";
        await Store.AddAsync(Id, 1, commit => commit.Created = Commits.Row(Id, 1) with { Input = payload });
        await Store.AddAsync(Id, 1, commit =>
        {
            commit.Turn = Commits.Turn(0, new ExecutionCompleted(payload));
            commit.Status = Commits.Status(OrchestrationRuntimeStatus.Completed, payload);
        });
        await _fixture.ReopenAsync();
        Assert.Equal((payload, payload), (Store.Get(Id, true)!.SerializedInput, Store.Get(Id, true)!.SerializedOutput));
        Assert.Equal(new[] { Commits.Record(0, new ExecutionCompleted(payload)) }.Json(), Store.History(Id).Json());
        Assert.Single(Store.Query(new OrchestrationQuery(InstanceIdPrefix: "mail/ünï 'quoted' \"%"), null, 10).Values);
        Assert.Empty(Store.Query(new OrchestrationQuery(InstanceIdPrefix: "mail/%"), null, 10).Values);
    }
}
