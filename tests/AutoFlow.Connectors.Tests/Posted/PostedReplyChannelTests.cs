using System.Net;
using System.Text.Json.Nodes;
using AutoFlow.Connectors.Posted;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Tests.Posted;

public sealed class PostedReplyChannelTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static readonly OutboxEntry Entry = new()
    {
        Key = "where-is-my-order~m-1:reply/1",
        State = OutboxState.Pending,
        ConversationId = "c-1",
        InstanceId = "where-is-my-order~m-1",
        Channel = "chat",
        To = "anna",
        InReplyTo = "message-1",
        Subject = "Wo ist mein Paket?",
        Text = "Guten Tag,\n\nIhr Paket ist unterwegs.",
        Language = "de",
        CreatedAt = new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero),
    };

    private readonly Receiver _receiver = new();

    public void Dispose() => _receiver.Dispose();

    [Fact]
    public async Task A_reply_is_posted_as_a_CloudEvent_with_its_key()
    {
        var sent = await SendAsync(new() { ["Replies:Token"] = "secret" });

        var (request, body) = Assert.Single(_receiver.Requests);
        Assert.Equal(PostedReplyChannel.Receipt, sent.Value);
        Assert.Equal((Entry.Key, "Bearer secret", "application/cloudevents+json"), (request["Idempotency-Key"], request["Authorization"], request["Content-Type"]));
        Assert.Equal(("1.0", PostedReplyChannel.EventType, Entry.Key, "/conversations/c-1"), (Text(body["specversion"]), Text(body["type"]), Text(body["id"]), Text(body["source"])));
        var data = body["data"]!;
        Assert.Equal(("chat", "anna", "message-1", Entry.Text), (Text(data["channel"]), Text(data["to"]), Text(data["inReplyTo"]), Text(data["text"])));
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest, "reply-refused", false)]
    [InlineData(HttpStatusCode.Unauthorized, "reply-unauthorized", false)]
    [InlineData(HttpStatusCode.TooManyRequests, "reply-rate-limited", true)]
    [InlineData(HttpStatusCode.ServiceUnavailable, "reply-unavailable", true)]
    public async Task What_the_receiver_refuses_is_tried_again_only_where_that_can_help(HttpStatusCode status, string code, bool again)
    {
        _receiver.Status = status;

        var sent = await SendAsync([]);

        Assert.Equal((code, again), (sent.Failure!.Code, sent.Failure.IsTransient));
    }

    [Fact]
    public void Without_an_address_there_is_no_such_channel() =>
        Assert.False(new ServiceCollection().AddPostedReplies(new ConfigurationBuilder().Build()));

    [Theory]
    [InlineData("Replies:Address", "chat.example", "Replies:Address is not an absolute http or https URL.")]
    [InlineData("Replies:Token", "schlüssel", "Replies:Token is not plain ASCII.")]
    [InlineData("Replies:Timeout", "00:00:00", "Replies:Timeout is not above zero.")]
    public void A_wrong_setting_stops_the_start_with_one_line(string name, string value, string line)
    {
        using var services = Services(new() { [name] = value });

        var mistake = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal([line], mistake.Failures);
    }

    private async Task<AutoFlow.Support.Result<string>> SendAsync(Dictionary<string, string?> settings)
    {
        await using var services = Services(settings);
        var channel = new ReplyChannels(services.GetServices<IReplyChannel>()).For("chat")!;
        return await channel.SendAsync(Entry, (_, _) => Task.CompletedTask, None);
    }

    private ServiceProvider Services(Dictionary<string, string?> settings)
    {
        settings.TryAdd("Replies:Address", _receiver.Address);
        var services = new ServiceCollection();
        Assert.True(services.AddPostedReplies(new ConfigurationBuilder().AddInMemoryCollection(settings).Build()));
        return services.BuildServiceProvider();
    }

    private static string? Text(JsonNode? node) => node?.GetValue<string>();
}
