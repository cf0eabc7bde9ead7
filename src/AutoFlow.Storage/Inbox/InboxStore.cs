using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Inbox;

internal sealed class InboxStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IInbox
{
    public Task<(InboxEntry Entry, bool Added)> AddAsync(InboundMessage message, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var known = await db.Inbox.AsNoTracking().SingleOrDefaultAsync(row => row.Channel == message.Channel && row.MessageId == message.Id, ct);
            if (known is not null)
                return (known.ToEntry(), false);
            var added = new InboxRow
            {
                Id = InboxId.Of(message.Channel, message.Id),
                Seq = await db.NextAsync("inbox", ct),
                Channel = message.Channel,
                MessageId = message.Id,
                Message = message,
                Sender = SenderOf(message),
                State = InboxState.Received,
                StoredAt = clock.GetUtcNow(),
                TraceParent = message.TraceParent,
            };
            db.Add(added);
            return (added.ToEntry(), true);
        },
        ct);

    public Task<InboxEntry?> FindAsync(string inboxId, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Inbox.SingleOrDefaultAsync(row => row.Id == inboxId, ct))?.ToEntry(), ct);

    public Task<InboxEntry> UnderstoodAsync(string inboxId, UnderstoodMessage understood, string conversationId, CancellationToken ct) => ChangeAsync(
        inboxId,
        row =>
        {
            if (row is { State: InboxState.Received, Understood: null })
                (row.Understood, row.ConversationId) = (understood, conversationId);
            return row.ToEntry();
        },
        ct);

    public Task<InboxEntry?> RoutedAsync(string inboxId, string instanceId, string workflow, string reason, bool asEvent, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var row = await RowAsync(db, inboxId, ct);
            if (row.State != InboxState.Received)
                return null;
            (row.State, row.InstanceId, row.Workflow, row.Reason, row.AsEvent, row.HandedOver) = (InboxState.Routed, instanceId, workflow, reason, asEvent, false);
            foreach (var other in await db.Inbox.Where(one => one.ReadWith == inboxId).ToListAsync(ct))
                (other.InstanceId, other.Workflow) = (instanceId, workflow);
            return row.ToEntry();
        },
        ct);

    public Task HandedOverAsync(string inboxId, string instanceId, CancellationToken ct) => ChangeAsync(
        inboxId,
        row =>
        {
            if (row.State == InboxState.Routed && row.InstanceId == instanceId)
                row.HandedOver = true;
        },
        ct);

    public Task<bool> ReadTogetherAsync(string inboxId, IReadOnlyCollection<string> others, UnderstoodMessage understood, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var row = await RowAsync(db, inboxId, ct);
            var rows = await db.Inbox.Where(one => others.Contains(one.Id)).ToListAsync(ct);
            if (rows.Append(row).Any(one => one.State != InboxState.Received))
                return false;
            row.Understood = understood;
            foreach (var other in rows)
                (other.State, other.ReadWith, other.Reason) = (InboxState.Routed, inboxId, $"read together with {inboxId}");
            return true;
        },
        ct);

    public Task<IReadOnlyList<InboxEntry>> StandingAsync(string conversationId, CancellationToken ct) => ManyAsync(
        inbox => inbox.Where(row => row.ConversationId == conversationId && row.State == InboxState.Received).OrderBy(row => row.Seq), ct);

    public Task<IReadOnlyList<InboxEntry>> OfSenderAsync(InboxEntry upTo, DateTimeOffset since, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<InboxEntry>>(
        async db =>
        {
            var sender = SenderOf(upTo.Message);
            var rows = await db.Inbox
                .Where(row => row.Channel == upTo.Message.Channel && row.Sender == sender && row.StoredAt > since)
                .Where(row => row.Seq <= db.Inbox.Single(one => one.Id == upTo.Id).Seq)
                .OrderByDescending(row => row.Seq).Take(limit).ToListAsync(ct);
            rows.Reverse();
            return rows.ConvertAll(row => row.ToEntry());
        },
        ct);

    public Task IgnoredAsync(string inboxId, UnderstoodMessage understood, string reason, CancellationToken ct) => ChangeAsync(
        inboxId,
        row =>
        {
            if (row.State == InboxState.Received)
                (row.State, row.Understood, row.Reason) = (InboxState.Ignored, understood, reason);
        },
        ct);

    public Task ReturnAsync(string inboxId, string instanceId, bool handedOverToo, CancellationToken ct) => ChangeAsync(
        inboxId,
        row =>
        {
            if (row.State == InboxState.Routed && row.InstanceId == instanceId && (handedOverToo || !row.HandedOver))
                (row.State, row.InstanceId, row.Workflow, row.Reason, row.AsEvent, row.HandedOver) = (InboxState.Received, null, null, null, false, false);
        },
        ct);

    public Task PutOffAsync(string inboxId, DateTimeOffset until, CancellationToken ct)
    {
        DateTimeOffset? to = until;
        return writer.WriteAsync(
            db => db.Inbox.Where(row => row.Id == inboxId && row.State == InboxState.Received).ExecuteUpdateAsync(row => row.SetProperty(r => r.PutOffUntil, to), ct), ct);
    }

    public Task<IReadOnlyList<InboxEntry>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<InboxEntry>>(
        async db =>
        {
            // Apart, as each has its index: an OR of both reads the whole table. What is marked in between is in both.
            var received = await Received(db.Inbox, storedBefore, limit).ToListAsync(ct);
            var marked = await Marked(db.Inbox, storedBefore, limit).ToListAsync(ct);
            return [.. received.Concat(marked).DistinctBy(row => row.Id).OrderBy(row => row.Seq).Take(limit).Select(row => row.ToEntry())];
        },
        ct);

    internal static IQueryable<InboxRow> Received(IQueryable<InboxRow> inbox, DateTimeOffset storedBefore, int limit) => inbox
        .Where(row => row.State == InboxState.Received && (row.PutOffUntil == null || row.PutOffUntil < storedBefore) && row.StoredAt < storedBefore)
        .OrderBy(row => row.Seq).Take(limit);

    internal static IQueryable<InboxRow> Marked(IQueryable<InboxRow> inbox, DateTimeOffset storedBefore, int limit) => inbox
        .Where(row => row.State == InboxState.Routed && !row.HandedOver && row.ReadWith == null && row.StoredAt < storedBefore)
        .OrderBy(row => row.Seq).Take(limit);

    public Task<IReadOnlyList<InboxEntry>> GivenToAsync(string instanceId, CancellationToken ct) => ManyAsync(
        inbox => inbox.Where(row => row.InstanceId == instanceId && row.AsEvent).OrderBy(row => row.Seq), ct);

    public Task<string?> ReviewReasonAsync(string instanceId, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Inbox.Where(row => row.InstanceId == instanceId).OrderBy(row => row.Seq).Select(row => row.Understood).ToListAsync(ct))
            .Select(understood => understood?.ReviewReason).FirstOrDefault(reason => reason is not null),
        ct);

    public Task<IReadOnlyList<InboxEntry>> ListAsync(int skip, int take, CancellationToken ct) => ManyAsync(
        inbox => inbox.OrderBy(row => row.Seq).Skip(skip).Take(take), ct);

    public Task<int> CountAsync(CancellationToken ct) => reader.ReadAsync(db => db.Inbox.CountAsync(ct), ct);

    private Task<IReadOnlyList<InboxEntry>> ManyAsync(Func<IQueryable<InboxRow>, IQueryable<InboxRow>> query, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<InboxEntry>>(
        async db => (await query(db.Inbox).ToListAsync(ct)).ConvertAll(row => row.ToEntry()), ct);

    private Task<bool> ChangeAsync(string inboxId, Action<InboxRow> change, CancellationToken ct) => ChangeAsync(
        inboxId,
        row =>
        {
            change(row);
            return true;
        },
        ct);

    private Task<T> ChangeAsync<T>(string inboxId, Func<InboxRow, T> change, CancellationToken ct) =>
        writer.WriteAsync(async db => change(await RowAsync(db, inboxId, ct)), ct);

    private static async Task<InboxRow> RowAsync(SupportDbContext db, string inboxId, CancellationToken ct) =>
        await db.Inbox.SingleOrDefaultAsync(row => row.Id == inboxId, ct) ?? throw new InvalidOperationException($"There is no inbox row {inboxId}.");

    private static string SenderOf(InboundMessage message) => message.From.Trim().ToLowerInvariant();
}
