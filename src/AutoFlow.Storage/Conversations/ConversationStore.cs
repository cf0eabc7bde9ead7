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
            if (await db.ConversationMessages.SingleOrDefaultAsync(row => row.InboxId == inboxId, ct) is { } joined)
                return (await db.Conversations.SingleAsync(row => row.Id == joined.ConversationId, ct)).ToConversation();
            var conversationId = await MatchAsync(db, message, orderNumbers, sameMatterSince, burst, ct);
            var conversation = conversationId is null
                ? await BeginAsync(db, inboxId, message, ct)
                : await db.Conversations.SingleAsync(row => row.Id == conversationId, ct);
            if (message.ReceivedAt >= conversation.LastMessageAt)
                (conversation.LastMessageAt, conversation.LastMessageId, conversation.Language) = (message.ReceivedAt, message.Id, language);
            conversation.CustomerName ??= message.FromName;
            conversation.Subject ??= message.Subject;
            await RememberAsync(db, conversation.Id, inboxId, message, orderNumbers, ct);
            return conversation.ToConversation();
        },
        ct);

    public Task<Conversation?> FindAsync(string conversationId, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Conversations.SingleOrDefaultAsync(row => row.Id == conversationId, ct))?.ToConversation(), ct);

    public Task<string> ClaimAsync(string conversationId, string instanceId, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var conversation = await db.Conversations.SingleOrDefaultAsync(row => row.Id == conversationId, ct)
                ?? throw new InvalidOperationException($"There is no conversation {conversationId}.");
            return conversation.OpenInstanceId ??= instanceId;
        },
        ct);

    public Task ReleaseAsync(string conversationId, string instanceId, CancellationToken ct) => writer.WriteAsync(
        db => db.Conversations.Where(row => row.Id == conversationId && row.OpenInstanceId == instanceId)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.OpenInstanceId, (string?)null), ct),
        ct);

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
        var address = Address(message);
        return await db.ConversationThreads.Where(row => row.Channel == message.Channel && row.ThreadId == thread)
            .Select(row => row.ConversationId)
            .FirstOrDefaultAsync(id => db.Conversations.Any(row => row.Id == id && row.CustomerAddress == address), ct);
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
        SupportDbContext db, InboundMessage message, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, CancellationToken ct)
    {
        if (orderNumbers.Count == 0)
            return null;
        var address = Address(message);
        return await db.Conversations
            .Where(row => row.Channel == message.Channel && row.CustomerAddress == address && row.LastMessageAt > sameMatterSince)
            .Where(row => db.ConversationOrders.Any(order => order.ConversationId == row.Id && orderNumbers.Contains(order.OrderNumber)))
            .OrderByDescending(row => row.LastMessageAt).ThenByDescending(row => row.Seq)
            .Select(row => row.Id)
            .FirstOrDefaultAsync(ct);
    }

    // "hi", "where is my order", "1001": three messages, one matter. Two that name different orders are two.
    private static async Task<string?> ByBurstAsync(SupportDbContext db, InboundMessage message, IReadOnlyList<string> orderNumbers, TimeSpan burst, CancellationToken ct)
    {
        if (burst <= TimeSpan.Zero || ReplyReferences.Of(message).Count > 0)
            return null;
        var (address, from, to) = (Address(message), message.ReceivedAt - burst, message.ReceivedAt + burst);
        var namesOrder = orderNumbers.Count > 0;
        return await db.Conversations
            .Where(row => row.Channel == message.Channel && row.CustomerAddress == address && row.LastMessageAt >= from && row.LastMessageAt <= to)
            .Where(row => !namesOrder || !db.ConversationOrders.Any(order => order.ConversationId == row.Id))
            .OrderByDescending(row => row.LastMessageAt).ThenByDescending(row => row.Seq)
            .Select(row => row.Id)
            .FirstOrDefaultAsync(ct);
    }

    private static async Task<ConversationRow> BeginAsync(SupportDbContext db, string inboxId, InboundMessage message, CancellationToken ct)
    {
        var conversation = new ConversationRow
        {
            Id = InboxId.ConversationOf(inboxId),
            Seq = await db.NextAsync("conversations", ct),
            Channel = message.Channel,
            CustomerAddress = Address(message),
            LastMessageAt = message.ReceivedAt,
        };
        db.Add(conversation);
        return conversation;
    }

    private static async Task RememberAsync(
        SupportDbContext db, string conversationId, string inboxId, InboundMessage message, IReadOnlyList<string> orderNumbers, CancellationToken ct)
    {
        db.Add(new ConversationMessageRow { InboxId = inboxId, Channel = message.Channel, MessageId = ReplyReferences.Bare(message.Id), ConversationId = conversationId });
        if (message.ThreadId is { Length: > 0 } thread
            && !await db.ConversationThreads.AnyAsync(row => row.Channel == message.Channel && row.ThreadId == thread, ct))
            db.Add(new ConversationThreadRow { Channel = message.Channel, ThreadId = thread, ConversationId = conversationId });
        var named = await db.ConversationOrders.Where(row => row.ConversationId == conversationId).Select(row => row.OrderNumber).ToListAsync(ct);
        foreach (var number in orderNumbers.Except(named, StringComparer.Ordinal))
            db.Add(new ConversationOrderRow { ConversationId = conversationId, OrderNumber = number });
    }

    private static string Address(InboundMessage message) => message.From.Trim().ToLowerInvariant();
}
