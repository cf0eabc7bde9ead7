using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileWorkTests : WorkConformance<SqliteFileFixture>;

public sealed class SqliteMemoryWorkTests : WorkConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: timers, messages, activities and keys, as the next process finds them.</summary>
public abstract class WorkConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    private static SignalMessage Signal(string to, long key, string name = "e") => new(to, new EventRaised(name, "\"p\"")) { InboxKey = key };

    private string Inbox() => string.Join(", ", Store.LeftWork().Inbox.Select(message => $"{message.InboxKey} {message.InstanceId}"));

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
    public async Task A_message_is_kept_from_the_senders_commit_to_the_takers()
    {
        var (first, second) = (Signal("b", 1), Signal("nobody yet", 2));
        await Store.CreateAsync("a", 1, more: commit => commit.Sent.AddRange([first, second]));
        await _fixture.ReopenAsync();
        Assert.Equal("1 b, 2 nobody yet", Inbox());
        Assert.All(Store.LeftWork().Inbox, message => Assert.True(message.IsStored));
        await Store.CreateAsync("b", 2, more: commit => commit.Taken.Add(first));
        await _fixture.ReopenAsync();
        Assert.Equal("2 nobody yet", Inbox());
    }

    [Fact]
    public async Task A_message_read_by_the_next_process_is_taken_by_it()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.Sent.AddRange([Signal("b", 1), Signal("b", 2)]));
        await _fixture.ReopenAsync();
        var left = Store.LeftWork().Inbox[0];
        await Store.CreateAsync("b", 2, more: commit => commit.Taken.Add(left));
        await _fixture.ReopenAsync();
        Assert.Equal("2 b", Inbox());
    }

    [Fact]
    public async Task A_message_taken_in_the_same_commit_is_never_there_and_one_of_a_later_commit_is_gone_too()
    {
        var message = Signal("b", 1);
        var (sends, sent) = Commits.Make("a", 1, commit =>
        {
            commit.Created = Commits.Row("a", 1);
            commit.Sent.Add(message);
        });
        var (takes, taken) = Commits.Make("b", 2, commit =>
        {
            commit.Created = Commits.Row("b", 2);
            commit.Taken.Add(message);
        });
        message.TakenBy = takes;
        using (_fixture.Hold())
        {
            Store.Add(sends);
            Store.Add(takes);
        }

        await Task.WhenAll(sent, taken);
        Assert.False(message.IsStored);
        await _fixture.ReopenAsync();
        Assert.Equal("", Inbox());
    }

    [Fact]
    public async Task A_message_whose_taker_fails_stays()
    {
        await Store.CreateAsync("taken", 9);
        var message = Signal("b", 1);
        var (sends, sent) = Commits.Make("a", 1, commit =>
        {
            commit.Created = Commits.Row("a", 1);
            commit.Sent.Add(message);
        });
        var (takes, taken) = Commits.Make("taken", 2, commit =>
        {
            commit.Created = Commits.Row("taken", 2);
            commit.Taken.Add(message);
        });
        message.TakenBy = takes;
        using (_fixture.Hold())
        {
            Store.Add(sends);
            Store.Add(takes);
        }

        await sent;
        await Assert.ThrowsAnyAsync<Exception>(() => taken);
        await _fixture.ReopenAsync();
        Assert.Equal("1 b", Inbox());
    }

    [Fact]
    public async Task A_parked_message_is_kept_and_what_is_to_come_first_comes_first()
    {
        await Store.CreateAsync("a", 1, more: commit => commit.Parked.AddRange([Signal("a", 5), Signal("a", 6)]));
        await Store.AddAsync("a", 1, commit => commit.Sent.AddRange([Signal("a", -2), Signal("a", -1)]));
        await _fixture.ReopenAsync();
        Assert.Equal("-2 a, -1 a, 5 a, 6 a", Inbox());
    }

    [Fact]
    public async Task Messages_of_each_kind_are_given_back_as_they_were()
    {
        var start = new NewInstance(
            "child", new ExecutionStarted("Child", "1", "\"ü\"", 0, new ParentLink("Flow", "a")), new Dictionary<string, string> { ["k"] = "v" }, Commits.At, new TaskOf(1, 2, 3))
        {
            Again = new ExecutionRewound("why"),
        };
        await Store.CreateAsync("a", 1, more: commit => commit.Sent.AddRange(
        [
            Signal("a", 1, "ünï 🚚"),
            new SignalMessage("a", new ExecutionTerminated("\"o\"", true)) { InboxKey = 2 },
            new AnswerMessage("a", new TaskOf(1, 4, 6), new TaskCompleted(6, "7")) { InboxKey = 3 },
            new AnswerMessage("a", new TaskOf(1, 4, 7), new TaskFailed(7, new("T", "m", "s", new("I", "n", null, null)))) { InboxKey = 4 },
            new StartMessage(start) { InboxKey = 5 },
        ]));
        await _fixture.ReopenAsync();
        var left = Store.LeftWork().Inbox;
        Assert.Equal(new EventRaised("ünï 🚚", "\"p\""), Assert.IsType<SignalMessage>(left[0]).Signal);
        Assert.Equal(new ExecutionTerminated("\"o\"", true), Assert.IsType<SignalMessage>(left[1]).Signal);
        var answer = Assert.IsType<AnswerMessage>(left[2]);
        Assert.Equal((new TaskOf(1, 4, 6), new TaskCompleted(6, "7")), (answer.Of, answer.Answer));
        var failed = Assert.IsType<TaskFailed>(Assert.IsType<AnswerMessage>(left[3]).Answer);
        Assert.Equal((7, "m", "n"), (failed.TaskId, failed.Failure.ErrorMessage, failed.Failure.InnerFailure!.ErrorMessage));
        var read = Assert.IsType<StartMessage>(left[4]).Start;
        Assert.Equal((start.InstanceId, start.Started, start.StartAt, start.Parent, start.Again), (read.InstanceId, read.Started, read.StartAt, read.Parent, read.Again));
        Assert.Equal("v", read.Tags!["k"]);
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
