using AutoFlow.Support.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Outbox;

internal sealed class OutboxStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IOutbox
{
    public Task<OutboxEntry> AddAsync(OutboxEntry entry, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Outbox.SingleOrDefaultAsync(row => row.Key == entry.Key, ct) is { } known)
                return known.ToEntry();
            var added = OutboxRow.From(entry, await db.NextAsync("outbox", ct));
            db.Add(added);
            return added.ToEntry();
        },
        ct);

    public Task<OutboxEntry?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Outbox.SingleOrDefaultAsync(row => row.Key == key, ct))?.ToEntry(), ct);

    public Task KeepReceiptAsync(string key, string receipt, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            if (row.State != OutboxState.Sent)
                row.Receipt = receipt;
        },
        ct);

    public Task SentAsync(string key, string? receipt, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            if (row.State != OutboxState.Sent)
                (row.State, row.SentAt, row.Receipt, row.Error) = (OutboxState.Sent, clock.GetUtcNow(), receipt ?? row.Receipt, null);
        },
        ct);

    public Task FailedAsync(string key, string error, bool giveUp, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            // What was sent stays sent: a late failure of a parallel try changes nothing.
            if (row.State != OutboxState.Sent)
                (row.Attempts, row.Error, row.State) = (row.Attempts + 1, error, giveUp ? OutboxState.Failed : row.State);
        },
        ct);

    public Task<OutboxEntry?> ReleaseAsync(string key, string? editedText, CancellationToken ct) => DecideAsync(
        key,
        row => (row.State, row.HeldBecause, row.Text) = (OutboxState.Pending, null, editedText ?? row.Text),
        ct);

    public Task<OutboxEntry?> DiscardAsync(string key, string reason, CancellationToken ct) => DecideAsync(
        key,
        row => (row.State, row.HeldBecause, row.Error) = (OutboxState.Failed, null, reason),
        ct);

    public Task<IReadOnlyList<OutboxEntry>> ListAsync(OutboxState? state, int skip, int take, CancellationToken ct) => ManyAsync(
        outbox => (state is { } wanted ? outbox.Where(row => row.State == wanted) : outbox)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Seq).Skip(skip).Take(take),
        ct);

    public Task<IReadOnlyList<OutboxEntry>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => ManyAsync(
        outbox => outbox.Where(row => instanceIds.Contains(row.InstanceId)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Seq), ct);

    public Task<IReadOnlyList<OutboxEntry>> FollowUpsAsync(IReadOnlyCollection<string> conversationIds, CancellationToken ct) => ManyAsync(
        outbox => outbox.Where(row => row.Proactive && conversationIds.Contains(row.ConversationId)).OrderBy(row => row.CreatedAt).ThenBy(row => row.Seq), ct);

    public Task<IReadOnlyList<OutboxEntry>> PendingAsync(DateTimeOffset createdBefore, int limit, CancellationToken ct) => ManyAsync(
        outbox => outbox.Where(row => row.State == OutboxState.Pending && row.CreatedAt < createdBefore)
            .OrderBy(row => row.CreatedAt).ThenBy(row => row.Seq).Take(limit),
        ct);

    private Task<IReadOnlyList<OutboxEntry>> ManyAsync(Func<IQueryable<OutboxRow>, IQueryable<OutboxRow>> query, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<OutboxEntry>>(
        async db => (await query(db.Outbox).ToListAsync(ct)).ConvertAll(row => row.ToEntry()), ct);

    private Task<OutboxEntry?> DecideAsync(string key, Action<OutboxRow> decide, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var row = await db.Outbox.SingleOrDefaultAsync(row => row.Key == key, ct);
            if (row is { State: OutboxState.Held })
                decide(row);
            return row?.ToEntry();
        },
        ct);

    private Task ChangeAsync(string key, Action<OutboxRow> change, CancellationToken ct) => writer.WriteAsync(
        async db => change(await db.Outbox.SingleOrDefaultAsync(row => row.Key == key, ct)
            ?? throw new InvalidOperationException($"There is no outbox entry {key}.")),
        ct);
}
