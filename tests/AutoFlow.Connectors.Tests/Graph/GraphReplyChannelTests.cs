using System.Text.Json.Nodes;
using AutoFlow.Connectors.Recorded;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.Graph;

public sealed class GraphReplyChannelTests
{
    private const string Key = "c-1/where-is-my-order#reply'1";
    private static readonly CancellationToken None = CancellationToken.None;

    private static OutboxEntry Entry(string? inReplyTo = "<o'neil@mail.example.de>", string? receipt = null) => new()
    {
        Key = Key,
        State = OutboxState.Pending,
        ConversationId = "c-1",
        InstanceId = "i-1",
        Channel = "mail",
        To = "anna@example.de",
        InReplyTo = inReplyTo,
        Subject = "Re: Wo ist mein Paket?",
        Text = "Guten Tag,\n\nIhr Paket ist unterwegs.",
        Language = "de",
        CreatedAt = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero),
        Receipt = receipt,
    };

    private static async Task<(GraphStub Stub, ServiceProvider Services, IReplyChannel Channel)> StartAsync()
    {
        var stub = await GraphStub.StartAsync();
        var services = GraphSetup.Compose(stub);
        stub.Receive("answered", new JsonObject { ["internetMessageId"] = "<o'neil@mail.example.de>", ["conversationId"] = "thread-1" });
        return (stub, services, services.GetRequiredService<ReplyChannels>().For("mail")!);
    }

    private static Task Keep(string receipt, CancellationToken ct) => Task.CompletedTask;

    [Fact]
    public async Task A_reply_is_a_draft_in_the_thread_that_is_kept_and_then_sent()
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;
        var kept = new List<(string Receipt, int SentBefore)>();

        var sent = await channel.SendAsync(Entry(), (receipt, _) => { kept.Add((receipt, stub.Sent.Count)); return Task.CompletedTask; }, None);

        var id = Assert.Single(stub.Sent);
        Assert.Equal(id, sent.Value);
        Assert.Equal([(id, 0)], kept);
        var mail = stub.Messages[id];
        Assert.Equal("thread-1", (string?)mail["conversationId"]);
        Assert.Equal("Re: Wo ist mein Paket?", (string?)mail["subject"]);
        Assert.Equal(("text", OwnMark.Sign(Entry().Text)), ((string?)mail["body"]!["contentType"], (string?)mail["body"]!["content"]));
        Assert.StartsWith(Entry().Text, (string?)mail["body"]!["content"], StringComparison.Ordinal);
        Assert.Equal("anna@example.de", (string?)Assert.Single((JsonArray)mail["toRecipients"]!)!["emailAddress"]!["address"]);
        Assert.Equal(["X-Auto-Response-Suppress", "X-AutoFlow"], ((JsonArray)mail["internetMessageHeaders"]!).Select(header => (string?)header!["name"]).Order(StringComparer.Ordinal));
        Assert.All(stub.Prefers, prefer => Assert.Equal("IdType=\"ImmutableId\"", prefer));
        Assert.Equal(stub.Requests.Count, stub.Prefers.Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("<deleted@mail.example.de>")]
    public async Task Without_a_message_to_answer_a_new_mail_is_written(string? inReplyTo)
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;

        var sent = await channel.SendAsync(Entry(inReplyTo), Keep, None);

        Assert.Equal([sent.Value!], stub.Sent);
        Assert.Null((string?)stub.Messages[sent.Value!]["conversationId"]);
        Assert.DoesNotContain(stub.Requests, request => request.Contains("createReply", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Killed_before_the_receipt_was_kept_the_draft_is_found_by_its_key()
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;

        await Assert.ThrowsAsync<KilledException>(() => channel.SendAsync(Entry(), (_, _) => throw new KilledException(), None));
        Assert.Empty(stub.Sent);
        var sent = await channel.SendAsync(Entry(), Keep, None);

        Assert.Equal([sent.Value!], stub.Sent);
        Assert.Equal(2, stub.Messages.Count);
    }

    [Fact]
    public async Task Killed_between_draft_and_send_the_same_draft_is_sent()
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;
        string? receipt = null;

        await Assert.ThrowsAsync<KilledException>(() => channel.SendAsync(Entry(), (id, _) => { receipt = id; throw new KilledException(); }, None));
        var sent = await channel.SendAsync(Entry(receipt: receipt), Keep, None);

        Assert.NotNull(receipt);
        Assert.Equal(receipt, sent.Value);
        Assert.Equal([receipt], stub.Sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Killed_after_the_send_nothing_is_sent_again(bool receiptWasKept)
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;

        var first = await channel.SendAsync(Entry(), Keep, None);
        var second = await channel.SendAsync(Entry(receipt: receiptWasKept ? first.Value : null), Keep, None);

        Assert.Equal(first, second);
        Assert.Single(stub.Sent);
        Assert.Equal(2, stub.Messages.Count);
    }

    [Fact]
    public async Task A_draft_that_is_gone_counts_as_sent()
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;

        var sent = await channel.SendAsync(Entry(receipt: "AAkALg-not-there-yet"), Keep, None);

        Assert.Equal("AAkALg-not-there-yet", sent.Value);
        Assert.Empty(stub.Sent);
    }

    [Theory]
    [InlineData("POST", "/createReply", 503, "mail-unavailable", true)]
    [InlineData("POST", "/send", 429, "mail-throttled", true)]
    [InlineData("POST", "/send", 403, "mail-unauthorized", false)]
    [InlineData("GET", "/messages", 500, "mail-unavailable", true)]
    public async Task A_failure_at_any_step_is_data_and_the_repeat_sends_once(string method, string path, int status, string expected, bool transient)
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;
        string? receipt = null;
        Task KeepIt(string id, CancellationToken ct)
        {
            receipt = id;
            return Task.CompletedTask;
        }

        stub.FailNext(method, path, status, "Error");
        var failed = await channel.SendAsync(Entry(), KeepIt, None);
        var sent = await channel.SendAsync(Entry(receipt: receipt), KeepIt, None);

        Assert.Equal((expected, transient), (failed.Failure?.Code, failed.Failure?.IsTransient));
        Assert.Equal([sent.Value!], stub.Sent);
    }

    [Fact]
    public async Task Two_keys_are_two_mails()
    {
        var (stub, services, channel) = await StartAsync();
        await using var _ = stub;
        await using var __ = services;

        await channel.SendAsync(Entry(), Keep, None);
        await channel.SendAsync(Entry() with { Key = Key + "/2" }, Keep, None);

        Assert.Equal(2, stub.Sent.Distinct().Count());
    }

    [Fact]
    public async Task Another_channel_is_only_recorded()
    {
        var (stub, services, _) = await StartAsync();
        await using var __ = stub;
        await using var ___ = services;

        var channel = services.GetRequiredService<ReplyChannels>().For("chat")!;

        Assert.IsType<RecordedReplyChannel>(channel);
        Assert.Equal("recorded", (await channel.SendAsync(Entry() with { Channel = "chat" }, Keep, None)).Value);
        Assert.Empty(stub.Requests);
    }

    private sealed class KilledException : Exception;
}
