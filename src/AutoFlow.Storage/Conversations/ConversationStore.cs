using System.Data.Common;
using AutoFlow.Support.Conversations;
using AutoFlow.Support.Messages;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Conversations;

internal sealed class ConversationStore(SupportWriter writer, SupportReader reader) : IConversations
{
    public Task<Conversation> JoinAsync(
        string inboxId, InboundMessage message, string language, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, TimeSpan burst, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            await db.AloneAsync("conversations", $"{message.Channel}\n{Address(message)}", ct);
            if (await db.Sql.FirstAsync(ConversationSql.Joined, ConversationSql.Read, ct, ("@inbox", inboxId)) is { } joined)
                return joined;
            var known = await MatchAsync(db, message, orderNumbers, sameMatterSince, burst, ct);
            var conversation = known is null
                ? await BeginAsync(db, inboxId, message, language, ct)
                : await GoOnAsync(db, known, message, language, ct);
            await RememberAsync(db, conversation.Id, inboxId, message, orderNumbers, ct);
            return conversation;
        },
        ct);

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken ct) => reader.ReadAsync(
        db => db.Sql.FirstAsync(ConversationSql.Find, ConversationSql.Read, ct, ("@id", conversationId)), ct);

    public Task<string> ClaimAsync(string conversationId, string instanceId, CancellationToken ct) => writer.WriteAsync(
        async db => await db.Sql.FirstAsync(ConversationSql.Claim, static row => row.GetString(0), ct, ("@instance", instanceId), ("@id", conversationId))
            ?? throw new InvalidOperationException($"There is no conversation {conversationId}."),
        ct);

    public Task ReleaseAsync(string conversationId, string instanceId, CancellationToken ct) => writer.WriteAsync(
        db => db.Sql.ExecuteAsync(ConversationSql.Release, ct, ("@id", conversationId), ("@instance", instanceId)), ct);

    private static async Task<string?> MatchAsync(
        SupportDbContext db, InboundMessage message, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, TimeSpan burst, CancellationToken ct) =>
        await ByThreadAsync(db, message, ct) ?? await ByReplyAsync(db, message, ct)
        ?? await ByMatterAsync(db, message, orderNumbers, sameMatterSince, ct) ?? await ByBurstAsync(db, message, orderNumbers, burst, ct);

    // Thread and references are what a sender claims. Only the same address joins: replies go to the conversation's customer,
    // and must tell nobody what was asked under another name.
    private static async Task<string?> ByThreadAsync(SupportDbContext db, InboundMessage message, CancellationToken ct)
    {
        if (message.ThreadId is not { Length: > 0 } thread)
            return null;
        return await db.Sql.FirstAsync(ConversationSql.ByThread, FirstText, ct, ("@channel", message.Channel), ("@thread", thread), ("@address", Address(message)));
    }

    private static async Task<string?> ByReplyAsync(SupportDbContext db, InboundMessage message, CancellationToken ct)
    {
        var parents = ReplyReferences.Of(message);
        if (parents.Count == 0)
            return null;
        var address = Address(message);
        var held = await db.ConversationMessages
            .Where(row => row.Channel == message.Channel && parents.Contains(row.MessageId))
            .Where(row => db.Conversations.Any(one => one.Id == row.ConversationId && one.CustomerAddress == address))
            .ToListAsync(ct);
        return parents.Join(held, parent => parent, row => row.MessageId, (_, row) => row.ConversationId, StringComparer.Ordinal).FirstOrDefault();
    }

    private static async Task<string?> ByMatterAsync(
        SupportDbContext db, InboundMessage message, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, CancellationToken ct) => orderNumbers.Count == 0
        ? null
        : await db.Sql.FirstAsync(
            ConversationSql.ByMatter(orderNumbers.Count), FirstText, ct,
            [
                ("@channel", message.Channel), ("@address", Address(message)), ("@since", sameMatterSince),
                .. orderNumbers.Select((number, i) => (ConversationSql.OrderName(i), (object?)number)),
            ]);

    private static async Task<string?> ByBurstAsync(SupportDbContext db, InboundMessage message, IReadOnlyList<string> orderNumbers, TimeSpan burst, CancellationToken ct)
    {
        if (burst <= TimeSpan.Zero || ReplyReferences.Of(message).Count > 0)
            return null;
        return await db.Sql.FirstAsync(
            orderNumbers.Count > 0 ? ConversationSql.ByBurstWithoutOrder : ConversationSql.ByBurst, FirstText, ct,
            ("@channel", message.Channel), ("@address", Address(message)), ("@from", message.ReceivedAt - burst), ("@to", message.ReceivedAt + burst));
    }

    private static async Task<Conversation> BeginAsync(SupportDbContext db, string inboxId, InboundMessage message, string language, CancellationToken ct)
    {
        var conversation = new Conversation
        {
            Id = InboxId.ConversationOf(inboxId),
            Channel = message.Channel,
            CustomerAddress = Address(message),
            CustomerName = message.FromName,
            Language = language,
            Subject = message.Subject,
            LastMessageId = message.Id,
        };
        await db.Sql.ExecuteAsync(
            ConversationSql.Begin, ct,
            ("@id", conversation.Id), ("@seq", await db.NextAsync("conversations", ct)), ("@channel", conversation.Channel), ("@address", conversation.CustomerAddress),
            ("@name", conversation.CustomerName), ("@language", language), ("@subject", conversation.Subject), ("@message", message.Id), ("@at", message.ReceivedAt));
        return conversation;
    }

    private static async Task<Conversation> GoOnAsync(SupportDbContext db, string conversationId, InboundMessage message, string language, CancellationToken ct) =>
        await db.Sql.FirstAsync(
            ConversationSql.GoOn, ConversationSql.Read, ct,
            ("@at", message.ReceivedAt), ("@language", language), ("@message", message.Id), ("@name", message.FromName), ("@subject", message.Subject), ("@id", conversationId))
        ?? throw new InvalidOperationException($"There is no conversation {conversationId}.");

    private static async Task RememberAsync(
        SupportDbContext db, string conversationId, string inboxId, InboundMessage message, IReadOnlyList<string> orderNumbers, CancellationToken ct)
    {
        await db.Sql.ExecuteAsync(
            ConversationSql.RememberMessage, ct,
            ("@inbox", inboxId), ("@channel", message.Channel), ("@message", ReplyReferences.Bare(message.Id)), ("@id", conversationId));
        if (message.ThreadId is { Length: > 0 } thread)
            await db.Sql.ExecuteAsync(ConversationSql.RememberThread, ct, ("@channel", message.Channel), ("@thread", thread), ("@id", conversationId));
        foreach (var number in orderNumbers)
            await db.Sql.ExecuteAsync(ConversationSql.RememberOrder, ct, ("@id", conversationId), ("@order", number));
    }

    private static string FirstText(DbDataReader row) => row.GetString(0);

    private static string Address(InboundMessage message) => message.From.Trim().ToLowerInvariant();
}
