using System.Security.Cryptography;
using System.Text;
using AutoFlow.Support;
using AutoFlow.Support.Outbox;
using Microsoft.Graph;
using Microsoft.Graph.Models;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Graph.Users.Item.Messages.Item.CreateReply;

namespace AutoFlow.Connectors.Graph;

/// <summary>
/// Sends replies from the shop's mailbox. Graph takes no idempotency key, so a reply is a draft first: it carries our key, its
/// id is kept, then it is sent. A repeat finds the draft by its id or its key and finishes. When the draft is gone it counts as
/// sent, also if a person deleted it: a customer never gets the same mail twice.
/// </summary>
internal sealed class GraphReplyChannel(GraphServiceClient graph, GraphOptions options) : IReplyChannel
{
    internal const string Mail = "mail";

    /// <summary>A named property of our own, by which a draft is found again.</summary>
    internal const string KeyProperty = "String {6f0c1f4e-5b0c-4bb2-9a53-0f5f3a3c8e21} Name AutoFlowKey";

    public string Channel => Mail;

    /// <summary>Two searches, a draft, a send.</summary>
    public TimeSpan Longest => 4 * options.Timeout;

    public Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct) => GraphCall.TryAsync<string>(
        async () =>
        {
            var mark = MarkOf(entry.Key);
            if (entry.Receipt is { Length: > 0 } kept)
                return await FindByIdAsync(kept, ct) is { IsDraft: true } left ? await SendDraftAsync(left, ct) : kept;
            var draft = await FindByMarkAsync(mark, ct) ?? await CreateAsync(entry, mark, ct);
            if (draft.Id is not { Length: > 0 } id)
                return new Failure("mail-unreadable", "Graph made a draft without an id.");
            await keepReceipt(id, ct);
            return draft.IsDraft == false ? id : await SendDraftAsync(draft, ct);
        },
        ct);

    /// <summary>The key as it is written into the mail: a hash, since mail leaves the house and property values are compared without case.</summary>
    internal static string MarkOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    private async Task<string> SendDraftAsync(Message draft, CancellationToken ct)
    {
        try
        {
            await graph.Users[options.Mailbox].Messages[draft.Id].Send.PostAsync(request => request.Headers.Add("Prefer", GraphMailbox.ImmutableIds), ct);
        }
        catch (ODataError error) when (GraphCall.IsGone(error))
        {
            // Sent by an attempt that ran beside this one.
        }
        return draft.Id!;
    }

    private async Task<Message?> FindByIdAsync(string id, CancellationToken ct)
    {
        try
        {
            return await graph.Users[options.Mailbox].Messages[id].GetAsync(
                request =>
                {
                    request.Headers.Add("Prefer", GraphMailbox.ImmutableIds);
                    request.QueryParameters.Select = ["id", "isDraft"];
                },
                ct);
        }
        catch (ODataError error) when (GraphCall.IsGone(error))
        {
            return null; // the sent copy can take a while to appear (outlook-immutable-id, "Immutable ID with sending mail")
        }
    }

    private Task<Message?> FindByMarkAsync(string mark, CancellationToken ct) =>
        FirstAsync($"singleValueExtendedProperties/Any(ep: ep/id eq '{KeyProperty}' and ep/value eq '{mark}')", ct);

    private Task<Message?> FindByMessageIdAsync(string internetMessageId, CancellationToken ct) =>
        FirstAsync($"internetMessageId eq '{internetMessageId.Replace("'", "''", StringComparison.Ordinal)}'", ct);

    private async Task<Message?> FirstAsync(string filter, CancellationToken ct)
    {
        var found = await graph.Users[options.Mailbox].Messages.GetAsync(
            request =>
            {
                request.Headers.Add("Prefer", GraphMailbox.ImmutableIds);
                request.QueryParameters.Filter = filter;
                request.QueryParameters.Select = ["id", "isDraft"];
                request.QueryParameters.Top = 1;
            },
            ct);
        return found?.Value?.FirstOrDefault();
    }

    // A reply joins the customer's thread; without a message to answer, or when it was deleted, a new mail is written.
    private async Task<Message> CreateAsync(OutboxEntry entry, string mark, CancellationToken ct)
    {
        var draft = Draft(entry, mark);
        var messages = graph.Users[options.Mailbox].Messages;
        var answered = entry.InReplyTo is { Length: > 0 } id ? await FindByMessageIdAsync(id, ct) : null;
        var created = answered?.Id is { } answeredId
            ? await messages[answeredId].CreateReply.PostAsync(
                new CreateReplyPostRequestBody { Message = draft }, request => request.Headers.Add("Prefer", GraphMailbox.ImmutableIds), ct)
            : await messages.PostAsync(draft, request => request.Headers.Add("Prefer", GraphMailbox.ImmutableIds), ct);
        return created ?? new Message();
    }

    // The recipient is always the conversation's customer: a Reply-To in the answered mail must not send it elsewhere.
    // Auto-Submitted (RFC 3834) cannot be had: headers of a draft must begin with x- (Graph, message resource, at most five), and of a
    // mail sent as MIME Exchange takes it out (microsoftgraph/msgraph-sdk-dotnet#2209). Exchange's own field says the same to
    // Exchange and Outlook, ours to any AutoFlow, and the mark in the text stays where a gateway takes headers out.
    private static Message Draft(OutboxEntry entry, string mark) => new()
    {
        Subject = entry.Subject,
        Body = new ItemBody { ContentType = BodyType.Text, Content = OwnMark.Sign(entry.Text) },
        ToRecipients = [new Recipient { EmailAddress = new EmailAddress { Address = entry.To } }],
        InternetMessageHeaders =
        [
            new InternetMessageHeader { Name = OwnMark.Header, Value = mark },
            new InternetMessageHeader { Name = "X-Auto-Response-Suppress", Value = "OOF, AutoReply" },
        ],
        SingleValueExtendedProperties = [new SingleValueLegacyExtendedProperty { Id = KeyProperty, Value = mark }],
    };
}
