using AutoFlow.Connectors.Graph;
using AutoFlow.Support.Messages;

namespace AutoFlow.Connectors.Tests.Graph;

public sealed class GraphNotificationTests
{
    private const string Created = """
        {
          "subscriptionId": "7f105c7d-2dc5-4530-97cd-4e7ae6534c07", "subscriptionExpirationDateTime": "2026-03-05T11:00:00Z",
          "clientState": "secret", "changeType": "created", "tenantId": "84bd8158-6d4d-4958-8b9f-9d6445542f95",
          "resource": "Users/ddfcd489/Messages/AAMkAGI=",
          "resourceData": { "@odata.type": "#Microsoft.Graph.Message", "@odata.id": "Users/ddfcd489/Messages/AAMkAGI=", "@odata.etag": "W/\"CQAAAB\"", "id": "AAMkAGI=" }
        }
        """;

    private const string Lifecycle = """
        {
          "subscriptionId": "7f105c7d", "subscriptionExpirationDateTime": "2026-03-05T11:00:00Z", "clientState": "secret",
          "lifecycleEvent": "reauthorizationRequired", "resource": "Users/ddfcd489/Messages", "organizationId": "84bd8158"
        }
        """;

    private static readonly MailNotification Note = new("7f105c7d-2dc5-4530-97cd-4e7ae6534c07", "ddfcd489", "AAMkAGI=", "W/\"CQAAAB\"");

    private static string Body(params string[] items) => $$"""{ "value": [ {{string.Join(",", items)}} ] }""";

    [Theory]
    [InlineData("Validation: Testing client application reachability for subscription Request-Id: 1", true)]
    [InlineData("<script>alert(1)</script>", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("two\nlines", false)]
    public void A_handshake_is_echoed_as_it_is(string? token, bool echoed) => Assert.Equal(echoed ? token : null, GraphNotification.Handshake(token));

    [Fact]
    public void A_token_longer_than_Graphs_is_no_handshake() => Assert.Null(GraphNotification.Handshake(new string('a', 5000)));

    [Fact]
    public void One_call_can_tell_of_messages_and_subscriptions()
    {
        var read = GraphNotification.Read(Body(Created, Lifecycle, Created.Replace("AAMkAGI=", "AAMkAGJ=", StringComparison.Ordinal), Created), "secret").Value!;

        Assert.Equal([Note, Note with { ResourceId = "AAMkAGJ=" }], read.Messages);
        Assert.Equal([new GraphLifecycleEvent("7f105c7d", "reauthorizationRequired")], read.Lifecycle);
        Assert.Equal(0, read.Refused);
    }

    [Theory]
    [InlineData("me/mailFolders('Inbox')/messages/AAMkAGI=", null)]
    [InlineData("users('u-1')/messages('AAMkAGI=')", "u-1")]
    [InlineData("/users/u-2/mailFolders/inbox/messages/AAMkAGI=", "u-2")]
    public void The_user_is_read_from_the_resource(string resource, string? user)
    {
        var body = Body(Created.Replace("Users/ddfcd489/Messages/AAMkAGI=", resource, StringComparison.Ordinal));

        Assert.Equal(Note with { UserId = user }, Assert.Single(GraphNotification.Read(body, "secret").Value!.Messages));
    }

    [Fact]
    public void Deleted_messages_and_other_resources_are_left_out()
    {
        var body = Body(
            Created.Replace("\"created\"", "\"deleted\"", StringComparison.Ordinal),
            Created.Replace("#Microsoft.Graph.Message", "#Microsoft.Graph.Event", StringComparison.Ordinal),
            """{ "clientState": "secret", "changeType": "created" }""");

        var read = GraphNotification.Read(body, "secret").Value!;

        Assert.Empty(read.Messages);
        Assert.Empty(read.Lifecycle);
    }

    [Fact]
    public void A_notification_with_another_secret_is_left_out_and_counted()
    {
        var forged = Created.Replace("\"secret\"", "\"secret2\"", StringComparison.Ordinal).Replace("AAMkAGI=", "forged", StringComparison.Ordinal);

        var read = GraphNotification.Read(Body(Created, forged, """{ "changeType": "created" }""", "7"), "secret").Value!;

        Assert.Equal([Note], read.Messages);
        Assert.Equal(3, read.Refused);
        Assert.Equal("bad-client-state", GraphNotification.Read(Body(forged), "secret").Failure?.Code);
        Assert.Equal("bad-client-state", GraphNotification.Read(Body(Created.Replace("\"secret\"", "\"\"", StringComparison.Ordinal)), "").Failure?.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"value\":{}}")]
    public void Anything_else_is_a_bad_payload(string body) => Assert.Equal("bad-payload", GraphNotification.Read(body, "secret").Failure?.Code);

    [Fact]
    public void Half_of_a_surrogate_pair_is_nobodys_secret() => Assert.Equal(
        "bad-client-state",
        GraphNotification.Read(Body(Created.Replace("\"secret\"", "\"\\ud800\"", StringComparison.Ordinal)), "secret").Failure?.Code);

    [Fact]
    public void The_same_change_has_one_key_and_the_next_another()
    {
        Assert.Equal(Note.Key, (Note with { UserId = null }).Key);
        Assert.Equal(2, new[] { Note.Key, (Note with { ChangeKey = "W/\"2\"" }).Key }.Distinct().Count());
    }
}
