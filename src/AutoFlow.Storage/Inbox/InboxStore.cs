using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Inbox;

internal sealed class InboxStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IInbox
{
    public Task<(InboxEntry Entry, bool Added)> AddAsync(InboundMessage message, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var known = await db.Sql.FirstAsync(InboxSql.Known, InboxSql.Read, ct, ("@channel", message.Channel), ("@message_id", message.Id));
            if (known is not null)
                return (known, false);
            var (id, storedAt) = (InboxId.Of(message.Channel, message.Id), clock.GetUtcNow());
            await db.Sql.ExecuteAsync(
                InboxSql.Add, ct,
                ("@id", id), ("@seq", await db.NextAsync("inbox", ct)), ("@channel", message.Channel), ("@message_id", message.Id), ("@message", Json.Write(message)),
                ("@sender", SenderOf(message)), ("@state", InboxState.Received), ("@stored_at", storedAt), ("@trace_parent", message.TraceParent));
            return (new InboxEntry { Id = id, Message = message with { Headers = InboxRow.WithoutCase(message.Headers) }, State = InboxState.Received, StoredAt = storedAt }, true);
        },
        ct);

    public Task<InboxEntry?> FindAsync(string inboxId, CancellationToken ct) => reader.ReadAsync(db => db.Sql.FirstAsync(InboxSql.Find, InboxSql.Read, ct, ("@id", inboxId)), ct);

    public Task<InboxEntry> UnderstoodAsync(string inboxId, UnderstoodMessage understood, string conversationId, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            await db.Sql.ExecuteAsync(InboxSql.Understood, ct, ("@understood", Json.Write(understood)), ("@conversation", conversationId), ("@id", inboxId));
            return await KnownAsync(db, inboxId, ct);
        },
        ct);

    public Task<InboxEntry?> RoutedAsync(string inboxId, string instanceId, string workflow, string reason, bool asEvent, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var marked = await db.Sql.FirstAsync(
                InboxSql.Routed, InboxSql.Read, ct, ("@instance", instanceId), ("@workflow", workflow), ("@reason", reason), ("@as_event", asEvent), ("@id", inboxId));
            if (marked is not null)
                await db.Sql.ExecuteAsync(InboxSql.RoutedWith, ct, ("@instance", instanceId), ("@workflow", workflow), ("@id", inboxId));
            else
                await KnownAsync(db, inboxId, ct);
            return marked;
        },
        ct);

    public Task HandedOverAsync(string inboxId, string instanceId, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Sql.ExecuteAsync(InboxSql.HandedOver, ct, ("@id", inboxId), ("@instance", instanceId)) == 0)
                await KnownAsync(db, inboxId, ct);
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

    public Task<IReadOnlyList<InboxEntry>> StandingAsync(string conversationId, CancellationToken ct) =>
        ListAsync(InboxSql.Standing, ct, ("@conversation", conversationId));

    public async Task<IReadOnlyList<InboxEntry>> OfSenderAsync(InboxEntry upTo, DateTimeOffset since, int limit, CancellationToken ct)
    {
        var newest = await ListAsync(
            InboxSql.OfSender, ct,
            ("@channel", upTo.Message.Channel), ("@sender", SenderOf(upTo.Message)), ("@since", since), ("@id", upTo.Id), ("@limit", limit));
        return [.. newest.Reverse()];
    }

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

    public Task<IReadOnlyList<InboxEntry>> GivenToAsync(string instanceId, CancellationToken ct) => ListAsync(InboxSql.GivenTo, ct, ("@instance", instanceId));

    public async Task<string?> ReviewReasonAsync(string instanceId, CancellationToken ct) =>
        (await reader.ReadAsync(db => db.Sql.ListAsync(InboxSql.UnderstoodOf, static row => row.GetString(0), ct, ("@instance", instanceId)), ct))
            // Nulls are not written: what does not name it has none.
            .Where(understood => understood.Contains("\"reviewReason\"", StringComparison.Ordinal))
            .Select(understood => Json.Read<UnderstoodMessage>(understood).ReviewReason)
            .FirstOrDefault(reason => reason is not null);

    public async Task<int> StandingCountAsync(int upTo, CancellationToken ct) =>
        (int)await reader.ReadAsync(db => db.Sql.FirstAsync(InboxSql.CountStanding, static row => row.GetInt64(0), ct, ("@limit", upTo)), ct);

    public Task<IReadOnlyList<InboxEntry>> ListAsync(int skip, int take, CancellationToken ct) => ManyAsync(
        inbox => inbox.OrderBy(row => row.Seq).Skip(skip).Take(take), ct);

    public Task<int> CountAsync(CancellationToken ct) => reader.ReadAsync(db => db.Inbox.CountAsync(ct), ct);

    private Task<IReadOnlyList<InboxEntry>> ManyAsync(Func<IQueryable<InboxRow>, IQueryable<InboxRow>> query, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<InboxEntry>>(
        async db => (await query(db.Inbox).ToListAsync(ct)).ConvertAll(row => row.ToEntry()), ct);

    private async Task<IReadOnlyList<InboxEntry>> ListAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] values) =>
        await reader.ReadAsync(db => db.Sql.ListAsync(sql, InboxSql.Read, ct, values), ct);

    private static async Task<InboxEntry> KnownAsync(SupportDbContext db, string inboxId, CancellationToken ct) =>
        await db.Sql.FirstAsync(InboxSql.Find, InboxSql.Read, ct, ("@id", inboxId)) ?? throw new InvalidOperationException($"There is no inbox row {inboxId}.");

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
