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
    public async Task A_key_that_is_taken_twice_at_once_is_sent_once()
    {
        var sender = await GivenAsync();

        var first = sender.SendAsync("k", default);
        await sender.SendAsync("k", default);
        _channel.Answer.SetResult("receipt");
        await first;
        await sender.SendAsync("k", default);

        Assert.Equal(1, _channel.Sent);
        Assert.Equal((OutboxState.Sent, "receipt"), Assert.Single(_world.Outbox.Entries) is var entry ? (entry.State, entry.Receipt) : default);
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

    private async Task<OutboxSender> GivenAsync()
    {
        await _world.Outbox.AddAsync(
            new OutboxEntry
            {
                Key = "k",
                State = OutboxState.Pending,
                ConversationId = Sample.Conversation,
                InstanceId = "i-1",
                Channel = "mail",
                To = Sample.Customer,
                Subject = "Re: My order",
                Text = "Hello",
                Language = "en",
                CreatedAt = Sample.Start,
            },
            default);
        return new OutboxSender(_world.Outbox, _world.Inbox, new ReplyChannels([_channel]), _world.Time, NullLogger<OutboxSender>.Instance);
    }

    /// <summary>Answers when the test says so.</summary>
    private sealed class SlowChannel : IReplyChannel
    {
        public string Channel => "mail";

        public int Sent { get; private set; }

        public TaskCompletionSource<Result<string>> Answer { get; set; } = new();

        public Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct)
        {
            Sent++;
            return Answer.Task;
        }
    }
}
