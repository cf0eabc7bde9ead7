using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class OutboxSenderTests
{
    private readonly World _world = new();
    private readonly SlowChannel _channel = new();

    [Fact]
    public async Task A_key_that_two_workers_take_at_once_is_sent_once_and_looked_at_again_when_the_turn_is_over()
    {
        var (one, other) = (await GivenAsync(), await GivenAsync());

        var first = one.SendAsync("k", default);
        await other.SendAsync("k", default);
        _channel.Answer.SetResult("receipt");
        await first;
        await other.SendAsync("k", default);

        Assert.Equal(1, _channel.Sent);
        Assert.Equal((OutboxState.Sent, "receipt"), Assert.Single(_world.Outbox.Entries) is var entry ? (entry.State, entry.Receipt) : default);
        Assert.Equal((QueueNames.Outbox, "k", _channel.Longest + TimeSpan.FromSeconds(10)), Assert.Single(_world.Queues.Later));
    }

    [Fact]
    public async Task A_worker_killed_while_it_sends_keeps_the_others_off_only_until_its_turn_is_over()
    {
        var sender = await GivenAsync();
        _ = sender.SendAsync("k", default); // and it was never heard of again
        var killed = _channel.Answer;
        _channel.Answer = new();
        _channel.Answer.SetResult("receipt");

        _world.Time.Now += _channel.Longest + TimeSpan.FromSeconds(9);
        await sender.SendAsync("k", default);
        Assert.Equal(1, _channel.Sent);
        Assert.Equal(TimeSpan.FromSeconds(1), Assert.Single(_world.Queues.Later).Wait);

        _world.Time.Now += TimeSpan.FromSeconds(1);
        await sender.SendAsync("k", default);
        Assert.Equal((2, OutboxState.Sent), (_channel.Sent, Assert.Single(_world.Outbox.Entries).State));
        Assert.False(killed.Task.IsCompleted);
    }

    [Fact]
    public async Task A_transient_failure_is_thrown_and_the_next_delivery_sends()
    {
        var sender = await GivenAsync();
        _channel.Answer.SetResult(new Failure("mail-unavailable", "No answer.", IsTransient: true));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sender.SendAsync("k", default));
        _channel.Answer = new();
        _channel.Answer.SetResult("receipt");

        await sender.SendAsync("k", default);

        Assert.Equal(2, _channel.Sent);
        Assert.Equal(OutboxState.Sent, Assert.Single(_world.Outbox.Entries).State);
    }

    [Fact]
    public async Task A_send_that_breaks_gives_its_turn_back()
    {
        var sender = await GivenAsync();
        _channel.Answer.SetException(new IOException("broken"));
        await Assert.ThrowsAsync<IOException>(() => sender.SendAsync("k", default));
        _channel.Answer = new();
        _channel.Answer.SetResult("receipt");

        await sender.SendAsync("k", default);

        Assert.Equal(OutboxState.Sent, Assert.Single(_world.Outbox.Entries).State);
    }

    /// <summary>Else it could still send when another worker does.</summary>
    [Fact]
    public async Task No_send_outlasts_its_turn()
    {
        var sender = await GivenAsync();
        _channel.Longest = TimeSpan.FromMilliseconds(1);

        await Assert.ThrowsAsync<InvalidOperationException>(() => sender.SendAsync("k", default));

        var entry = Assert.Single(_world.Outbox.Entries);
        Assert.Equal((OutboxState.Pending, 1, "The channel mail took too long."), (entry.State, entry.Attempts, entry.Error));
    }

    [Fact]
    public async Task A_turn_that_came_too_late_is_given_back_and_nothing_is_sent()
    {
        var sender = await GivenAsync();
        _world.Gate.Before = operation =>
        {
            if (operation == "outbox.turn") _world.Time.Now += _channel.Longest;
            return Task.CompletedTask;
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => sender.SendAsync("k", default));
        Assert.Equal(0, _channel.Sent);
        _world.Gate.Live();
        _channel.Answer.SetResult("receipt");

        await sender.SendAsync("k", default);

        Assert.Equal((1, OutboxState.Sent), (_channel.Sent, Assert.Single(_world.Outbox.Entries).State));
    }

    /// <summary>Else the next delivery sends it again.</summary>
    [Fact]
    public async Task What_was_sent_is_recorded_though_the_worker_is_told_to_stop()
    {
        var sender = await GivenAsync();
        using var stop = new CancellationTokenSource();
        _channel.BeforeItReturns = stop.Cancel;
        _channel.Answer.SetResult("receipt");

        await sender.SendAsync("k", stop.Token);

        Assert.Equal(OutboxState.Sent, Assert.Single(_world.Outbox.Entries).State);
    }

    /// <summary>A channel of two steps makes a draft, keeps its id, and sends it: a worker that was frozen meanwhile does not take the second step.</summary>
    [Fact]
    public async Task A_worker_that_lost_its_turn_stops_before_the_second_step()
    {
        var sender = await GivenAsync();
        var slow = sender.SendAsync("k", default);
        _world.Time.Now += TimeSpan.FromHours(1);
        await _world.Outbox.TakeTurnAsync("k", "another worker", _world.Time.Now.AddMinutes(2), default);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _channel.KeepReceipt!("draft", default));

        _channel.Answer.SetException(new InvalidOperationException("stopped"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => slow);
        Assert.Null(Assert.Single(_world.Outbox.Entries).Receipt);
        Assert.IsType<OutboxTurn.Taken>(await _world.Outbox.TakeTurnAsync("k", "third", default, default));
    }

    private async Task<OutboxSender> GivenAsync()
    {
        await _world.Outbox.AddAsync(Sample.Reply() with { Key = "k", InstanceId = "i-1" }, default);
        return new OutboxSender(_world.Outbox, _world.Inbox, new ReplyChannels([_channel]), _world.Queue, _world.Time, NullLogger<OutboxSender>.Instance);
    }

    /// <summary>Answers when the test says so.</summary>
    private sealed class SlowChannel : IReplyChannel
    {
        public string Channel => "mail";

        public TimeSpan Longest { get; set; } = TimeSpan.FromMinutes(2);

        public int Sent { get; private set; }

        public Action? BeforeItReturns { get; set; }

        public Func<string, CancellationToken, Task>? KeepReceipt { get; private set; }

        public TaskCompletionSource<Result<string>> Answer { get; set; } = new();

        public async Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct)
        {
            Sent++;
            KeepReceipt = keepReceipt;
            var answer = await Answer.Task.WaitAsync(ct);
            BeforeItReturns?.Invoke();
            return answer;
        }
    }
}
