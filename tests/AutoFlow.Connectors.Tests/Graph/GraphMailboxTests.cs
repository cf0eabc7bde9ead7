using System.Text.Json.Nodes;
using AutoFlow.Support.Messages;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.Connectors.Tests.Graph;

public sealed class GraphMailboxTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    private static JsonObject Message() => (JsonObject)JsonNode.Parse("""
        {
          "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#users('support')/messages/$entity",
          "@odata.etag": "W/\"CQAAABYAAADHcgC8Hl9tRZ\"",
          "receivedDateTime": "2026-03-02T08:15:30Z",
          "subject": "Wo ist mein Paket?",
          "conversationId": "AAQkAGI2THVS=",
          "internetMessageId": "<CAF+1@mail.example.de>",
          "isDraft": false,
          "hasAttachments": true,
          "body": { "contentType": "html", "content": "<html><body>Wo bleibt #1042? 👋</body></html>" },
          "from": { "emailAddress": { "name": "Anna Beispiel", "address": "Anna@example.de" } },
          "sender": { "emailAddress": { "name": "Relay", "address": "relay@example.de" } },
          "toRecipients": [ { "emailAddress": { "name": "Support", "address": "support@shop.example.com" } } ],
          "internetMessageHeaders": [
            { "name": "Received", "value": "from mail.example.de by mx" },
            { "name": "In-Reply-To", "value": "<ours-1@shop.example.com>" },
            { "name": "References", "value": "<first@mail.example.de> <ours-1@shop.example.com>" },
            { "name": "Auto-Submitted", "value": "auto-replied" },
            { "name": "List-Unsubscribe", "value": "<mailto:leave@example.de>" },
            { "name": "X-AutoFlow", "value": "abc" },
            { "name": "DKIM-Signature", "value": "v=1; a=rsa-sha256" }
          ],
          "attachments": [
            { "@odata.type": "#microsoft.graph.fileAttachment", "id": "a1", "contentType": "application/pdf", "size": 900, "isInline": false },
            { "@odata.type": "#microsoft.graph.fileAttachment", "id": "a2", "contentType": "image/png", "size": 3000, "isInline": true },
            { "@odata.type": "#microsoft.graph.fileAttachment", "id": "a3", "contentType": "image/jpeg", "size": 2400000, "isInline": true }
          ]
        }
        """)!;

    [Fact]
    public async Task A_message_resource_becomes_an_inbound_message()
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        stub.Receive("AAkALgAAAA=", Message());

        var inbound = (await services.GetRequiredService<IMailbox>().FetchAsync(null, "AAkALgAAAA=", None)).Value!.Item!;

        Assert.Equal(
            new InboundMessage
            {
                Id = "<CAF+1@mail.example.de>",
                Channel = "mail",
                From = "Anna@example.de",
                FromName = "Anna Beispiel",
                To = "support@shop.example.com",
                Subject = "Wo ist mein Paket?",
                Html = "<html><body>Wo bleibt #1042? 👋</body></html>",
                ThreadId = "AAQkAGI2THVS=",
                InReplyTo = "<ours-1@shop.example.com>",
                ReceivedAt = new DateTimeOffset(2026, 3, 2, 8, 15, 30, TimeSpan.Zero),
                Headers = inbound.Headers,
                AttachmentCount = 2,
            },
            inbound);
        Assert.Equal("auto-replied", inbound.Headers["auto-submitted"]);
        Assert.Equal(["Auto-Submitted", "In-Reply-To", "List-Unsubscribe", "References", "X-AutoFlow"], inbound.Headers.Keys.Order(StringComparer.Ordinal));
        var request = Assert.Single(stub.Requests);
        Assert.StartsWith($"GET /v1.0/users/{GraphStub.Mailbox}/messages/AAkALgAAAA=?", request, StringComparison.Ordinal);
        Assert.Contains("internetMessageHeaders", request, StringComparison.Ordinal);
        Assert.Equal(["IdType=\"ImmutableId\""], stub.Prefers);
    }

    [Fact]
    public async Task A_plain_text_message_has_its_text()
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        var message = Message();
        message["body"] = new JsonObject { ["contentType"] = "text", ["content"] = "Wo bleibt es?" };
        message.Remove("internetMessageHeaders");
        message.Remove("attachments");
        stub.Receive("m", message);

        var inbound = (await services.GetRequiredService<IMailbox>().FetchAsync("user-7", "m", None)).Value!.Item!;

        Assert.Equal(("Wo bleibt es?", null, null, 0), (inbound.Text, inbound.Html, inbound.InReplyTo, inbound.AttachmentCount));
        Assert.StartsWith("GET /v1.0/users/user-7/messages/m?", Assert.Single(stub.Requests), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_message_and_a_draft_are_nothing_to_answer()
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        var mailbox = services.GetRequiredService<IMailbox>();
        var draft = Message();
        draft["isDraft"] = true;
        stub.Receive("draft", draft);

        var deleted = await mailbox.FetchAsync(null, "gone", None);
        Assert.True(deleted.IsSuccess);
        Assert.Null(deleted.Value.Item);
        Assert.Null((await mailbox.FetchAsync(null, "draft", None)).Value!.Item);
    }

    [Fact]
    public async Task A_message_without_a_sender_is_unreadable()
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        var message = Message();
        message.Remove("from");
        message.Remove("sender");
        stub.Receive("m", message);

        Assert.Equal("mail-unreadable", (await services.GetRequiredService<IMailbox>().FetchAsync(null, "m", None)).Failure?.Code);
    }

    [Theory]
    [InlineData(429, "ApplicationThrottled", "mail-throttled", true)]
    [InlineData(503, "ServiceUnavailable", "mail-unavailable", true)]
    [InlineData(500, "InternalServerError", "mail-unavailable", true)]
    [InlineData(403, "ErrorAccessDenied", "mail-unauthorized", false)]
    [InlineData(404, "MailboxNotEnabledForRESTAPI", "mail-refused", false)]
    [InlineData(400, "ErrorInvalidIdMalformed", "mail-refused", false)]
    public async Task A_failure_of_Graph_is_data_without_personal_data(int status, string code, string expected, bool transient)
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        stub.Receive("m", Message());
        stub.FailNext("GET", "/messages/m", status, code, retryAfter: "17");

        var failure = (await services.GetRequiredService<IMailbox>().FetchAsync(null, "m", None)).Failure!;

        Assert.Equal((expected, transient), (failure.Code, failure.IsTransient));
        Assert.Contains(code, failure.Message, StringComparison.Ordinal);
        Assert.Equal(transient, failure.Message.Contains("after 17 s", StringComparison.Ordinal));
        Assert.DoesNotContain("anna", failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Single(stub.Requests);
        Assert.True((await services.GetRequiredService<IMailbox>().FetchAsync(null, "m", None)).IsSuccess);
    }

    [Fact]
    public async Task A_wrong_token_is_unauthorized()
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub, token: "expired");

        var failure = (await services.GetRequiredService<IMailbox>().FetchAsync(null, "m", None)).Failure!;

        Assert.Equal(("mail-unauthorized", false), (failure.Code, failure.IsTransient));
    }

    [Theory]
    [InlineData(502, "text/html", "<html>bad gateway</html>", "mail-unavailable", true)]
    [InlineData(404, "text/html", "<html>no such host</html>", "mail-unavailable", true)]
    [InlineData(200, "text/html", "<html>sign in to the guest network</html>", "mail-unavailable", true)]
    [InlineData(200, "application/json", "{ \"id\": ", "mail-unreadable", false)]
    public async Task A_proxys_page_or_half_an_answer_is_data_too(int status, string contentType, string body, string expected, bool transient)
    {
        await using var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        stub.BreakNext("GET", "/messages/m", status, contentType, body);

        var failure = (await services.GetRequiredService<IMailbox>().FetchAsync(null, "m", None)).Failure!;

        Assert.Equal((expected, transient), (failure.Code, failure.IsTransient));
    }

    [Fact]
    public async Task A_server_that_is_away_is_transient_and_a_cancelled_call_throws()
    {
        var stub = await GraphStub.StartAsync();
        await using var services = GraphSetup.Compose(stub);
        var mailbox = services.GetRequiredService<IMailbox>();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => mailbox.FetchAsync(null, "m", cancelled.Token));
        await stub.DisposeAsync();
        var failure = (await mailbox.FetchAsync(null, "m", None)).Failure!;

        Assert.Equal(("mail-unavailable", true), (failure.Code, failure.IsTransient));
    }
}
