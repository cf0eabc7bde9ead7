using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileHistoryTests : HistoryConformance<SqliteFileFixture>;

public sealed class SqliteMemoryHistoryTests : HistoryConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: histories.</summary>
public abstract class HistoryConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    [Fact]
    public async Task Commits_end_in_the_order_in_which_they_were_added()
    {
        var ended = new ConcurrentQueue<int>();
        var done = new List<Task>();
        using (_fixture.Hold())
        {
            done.Add(Store.CreateAsync("a", 1));
            for (var number = 0; number < 300; number++)
            {
                var mine = number;
                var commit = new AwaitedCommit { InstanceId = "a", Instance = 1, Turn = Commits.Turn(number), AtEnd = () => ended.Enqueue(mine) };
                Store.Add(commit);
                done.Add(commit.Done);
            }
        }

        await Task.WhenAll(done);
        Assert.Equal(Enumerable.Range(0, 300), ended);
        Assert.Equal(Enumerable.Range(0, 300), Store.Turns(1).Select(turn => turn.Number));
    }

    [Fact]
    public async Task Turns_are_given_back_as_they_were()
    {
        HistoryEvent[] decided =
        [
            new TaskScheduled(0, "Wörk", "\"ünï \\\" \u2028 🚚\""), new TimerCreated(1, Commits.At), new TimerCancelled(1),
            new ChildScheduled(2, "Child", "1", "c", null, new Dictionary<string, string> { ["k"] = "v" }),
            new EventSent("x", "e", "1"), new ExecutionFailed(new("T", "m", "at", new("I", "n", null, null))),
        ];
        await Store.CreateAsync("a", 1, more: commit => commit.Turn = Commits.Turn(0));
        await Store.AddAsync("a", 1, commit => commit.Turn = Commits.Turn(1, decided));
        await Store.CreateAsync("b", 2, more: commit => commit.Turn = Commits.Turn(0, new ExecutionCompleted("2")));
        await _fixture.ReopenAsync();
        Assert.Equal(new[] { Commits.Record(0), Commits.Record(1, decided) }.Json(), Store.Turns(1).Json());
        Assert.Equal(Store.Turns(1).Json(), Store.History("a").Json());
        Assert.Equal(new[] { Commits.Record(0, new ExecutionCompleted("2")) }.Json(), Store.History("b").Json());
    }

    [Fact]
    public async Task The_next_generation_begins_with_an_empty_history()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.Turn = Commits.Turn(0));
        await Store.AddAsync("a", 1, commit => commit.NextGeneration = new ExecutionStarted("Flow", "2.0", "\"next\"", 1, null));
        Assert.Empty(Store.Turns(1));
        await Store.AddAsync("a", 1, commit => commit.Turn = Commits.Turn(0, new TimerCancelled(9)));
        await _fixture.ReopenAsync();
        Assert.Equal(new[] { Commits.Record(0, new TimerCancelled(9)) }.Json(), Store.Turns(1).Json());
        Assert.Equal((1, "2.0"), (Store.Find("a")!.Generation, Store.Find("a")!.Version));
        Assert.Equal("\"next\"", Store.Get("a", payloads: true)!.SerializedInput);
    }

    [Fact]
    public async Task A_rewritten_history_takes_the_place_of_the_other()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.Turn = Commits.Turn(0));
        for (var number = 1; number < 4; number++)
            await Store.AddAsync("a", 1, commit => commit.Turn = Commits.Turn(number, new TimerCancelled(number)));
        await Store.AddAsync("a", 1, commit =>
        {
            commit.Generation = 3;
            commit.Parent = new TaskOf(9, 8, 7);
            commit.Rewritten = [Commits.Turn(0), Commits.Turn(1, new TimerCancelled(5))];
            commit.Turn = Commits.Turn(2);
        });
        await _fixture.ReopenAsync();
        Assert.Equal(new[] { Commits.Record(0), Commits.Record(1, new TimerCancelled(5)), Commits.Record(2) }.Json(), Store.Turns(1).Json());
        Assert.Equal((3, new TaskOf(9, 8, 7)), (Store.Find("a")!.Generation, Store.Find("a")!.Parent));
    }

    [Fact]
    public async Task Many_threads_may_add_and_read_at_once()
    {
        await Task.WhenAll(Enumerable.Range(1, 40).Select(key => Task.Run(async () =>
        {
            var id = $"i-{key}";
            await Store.CreateAsync(id, key);
            for (var turn = 0; turn < 10; turn++)
            {
                await Store.AddAsync(id, key, commit => commit.Turn = Commits.Turn(turn));
                Assert.Equal(turn + 1, Store.Turns(key).Count);
            }
        })));
        await _fixture.ReopenAsync();
        foreach (var key in Enumerable.Range(1, 40))
            Assert.Equal(Enumerable.Range(0, 10), Store.History($"i-{key}")!.Select(turn => turn.Number));
    }
}
