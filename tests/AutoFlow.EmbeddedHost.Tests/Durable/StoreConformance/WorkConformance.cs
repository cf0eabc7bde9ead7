using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileWorkTests : WorkConformance<SqliteFileFixture>;

public sealed class SqliteMemoryWorkTests : WorkConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: timers, activities and keys, as the next process finds them.</summary>
public abstract class WorkConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    private static SignalMessage Signal(string to, long key, string name = "e") => new(to, new EventRaised(name, "\"p\"")) { InboxKey = key };



    [Fact]
    public async Task Timers_come_page_by_page_in_the_order_of_their_times_also_where_times_are_equal()
    {
        var started = new ExecutionStarted("Flow", null, "\"later\"", 0, null);
        await Store.CreateAsync("b", 2, more: commit => commit.TimersSet.AddRange([(5, Commits.At.AddHours(2), null), (0, Commits.At.AddHours(1), null), (7, DateTime.MaxValue, null)]));
        await Store.CreateAsync("a", 1, more: commit => commit.TimersSet.AddRange([(3, Commits.At.AddHours(1), null), (DurableTimer.Start, Commits.At.AddHours(1), started), (1, Commits.At.AddHours(1), null)]));
        await _fixture.ReopenAsync();
        DurableTimer[] expected =
        [
            new(Commits.At.AddHours(1), 1, DurableTimer.Start, "a", started), new(Commits.At.AddHours(1), 1, 1, "a", null), new(Commits.At.AddHours(1), 1, 3, "a", null),
            new(Commits.At.AddHours(1), 2, 0, "b", null), new(Commits.At.AddHours(2), 2, 5, "b", null), new(DateTime.MaxValue, 2, 7, "b", null),
        ];
        for (var size = 1; size <= 7; size++)
        {
            var seen = new List<DurableTimer>();
            while (Store.Timers(seen.LastOrDefault(), size) is { Count: > 0 } page)
            {
                Assert.InRange(page.Count, 1, size);
                seen.AddRange(page);
            }

            Assert.Equal(expected, seen);
        }
    }

    [Fact]
    public async Task A_timer_that_is_gone_is_gone_alone()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.TimersSet.AddRange([(1, Commits.At, null), (2, Commits.At, null)]));
        await Store.CreateAsync("b", 2, more: commit => commit.TimersSet.Add((1, Commits.At, null)));
        await Store.AddAsync("a", 1, commit =>
        {
            commit.TimersGone.Add(1);
            commit.TimersGone.Add(99);
            commit.TimersSet.Add((3, Commits.At, null));
        });
        await _fixture.ReopenAsync();
        Assert.Equal([("a", 2), ("a", 3), ("b", 1)], Store.Timers(null, 10).Select(timer => (timer.InstanceId, timer.Task)));
    }

    [Fact]
    public async Task Who_waits_for_activities_is_known_until_that_ends()
    {
        foreach (var (id, key) in new[] { ("a", 1L), ("b", 2L), ("c", 3L) })
            await Store.CreateAsync(id, key, more: commit => commit.Busy = true);
        await Store.AddAsync("b", 2, commit => commit.Busy = false);
        await Store.AddAsync("c", 3, commit => commit.Busy = true);
        await Store.AddAsync("c", 3, commit => commit.Turn = Commits.Turn(0));
        await _fixture.ReopenAsync();
        Assert.Equal(["a", "c"], Store.LeftWork().Busy);
    }

    [Fact]
    public async Task Orphaned_activities_are_kept_until_they_are_done()
    {
        var orphan = new ActivityTask(new TaskOf(1, 2, 3), new("Wörk", "a", 3, "\"in\"") { Trace = new("parent", "state", "span", null) });
        var plain = new ActivityTask(new TaskOf(1, 3, 3), new("Work", "a", 3, null));
        await Store.CreateAsync("a", 1, more: commit => commit.Orphaned.AddRange([plain, orphan]));
        await _fixture.ReopenAsync();
        Assert.Equal([orphan, plain], Store.LeftWork().Orphans);
        await Store.AddAsync("a", 1, commit => commit.OrphansDone.Add(new TaskOf(1, 2, 3)));
        await _fixture.ReopenAsync();
        Assert.Equal([plain], Store.LeftWork().Orphans);
    }

    [Fact]
    public async Task Keys_go_on_after_the_greatest_and_before_the_least()
    {
        Assert.Equal(new StoreKeys(1, 1, -1), Store.Keys());
        await Store.CreateAsync("a", 41, more: commit => commit.Sent.AddRange([Signal("x", 17), Signal("x", -5)]));
        await _fixture.ReopenAsync();
        Assert.Equal(new StoreKeys(42, 18, -6), Store.Keys());
    }

    [Fact]
    public async Task Deaths_are_counted_until_they_are_forgiven()
    {
        await Store.CreateAsync("a", 1);
        await Store.CreateAsync("b", 2, Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed);
        var (turn, activity, ended) = (new Running("a", 0, Running.Turn), new Running("a", 2, 7), new Running("b", 0, 1));
        Assert.Empty(await Store.NoteDeathsAsync([], default));
        await Store.NoteDeathsAsync([turn, activity, ended], default);
        await _fixture.ReopenAsync();
        var deaths = await Store.NoteDeathsAsync([turn], default);
        Assert.Equal([(turn, 2), (activity, 1)], deaths.Select(each => (each.Key, each.Value)).OrderBy(each => each.Key.Task));
        Store.Forgive(turn);
        Assert.Equal([activity], (await Store.NoteDeathsAsync([new Running("nobody", 0, 0)], default)).Keys);
    }
}
