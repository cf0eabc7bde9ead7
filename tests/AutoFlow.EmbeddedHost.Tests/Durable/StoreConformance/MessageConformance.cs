using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;

namespace AutoFlow.EmbeddedHost.Tests.Durable.StoreConformance;

public sealed class SqliteFileMessageTests : MessageConformance<SqliteFileFixture>;

public sealed class SqliteMemoryMessageTests : MessageConformance<SqliteMemoryFixture>;

/// <summary>What a store must do: messages between instances, as the next process finds them.</summary>
public abstract class MessageConformance<TFixture> : IAsyncLifetime
    where TFixture : StoreFixture, new()
{
    private readonly TFixture _fixture = new();

    private IOrchestrationStore Store => _fixture.Store;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _fixture.DisposeAsync();

    private static SignalMessage Signal(string to, long key, string name = "e") => new(to, new EventRaised(name, "\"p\"")) { InboxKey = key };

    private string Inbox() => string.Join(", ", Store.LeftWork().Inbox.Select(message => $"{message.InboxKey} {message.InstanceId}"));

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
}
