using AutoFlow.Support.Outbox;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Outbox;

internal sealed class OutboxStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IOutbox
{
    /// <summary>As many as the queue's deliveries: a worker can be killed by something else, but not each time.</summary>
    private const int MostLostTurns = 5;

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

    public Task<OutboxTurn> TakeTurnAsync(string key, string owner, DateTimeOffset until, CancellationToken ct) => writer.WriteAsync<OutboxTurn>(
        async db =>
        {
            if (await db.Outbox.SingleOrDefaultAsync(row => row.Key == key, ct) is not { State: OutboxState.Pending } row)
                return new OutboxTurn.Over();
            if (row.LeasedUntil is { } taken && taken > clock.GetUtcNow() && row.LeaseOwner != owner)
                return new OutboxTurn.Taken(taken);
            if (row.LeaseOwner is { } lost && lost != owner)
            {
                (row.Attempts, row.LostTurns) = (row.Attempts + 1, row.LostTurns + 1);
                if (row.LostTurns >= MostLostTurns)
                {
                    (row.State, row.Error) = (OutboxState.Failed, $"{row.LostTurns} workers began to send this and were not heard of again.");
                    (row.LeaseOwner, row.LeasedUntil) = (null, null);
                    return new OutboxTurn.GivenUp(row.ToEntry());
                }
            }
            (row.LeaseOwner, row.LeasedUntil) = (owner, until);
            return new OutboxTurn.Ours(row.ToEntry());
        },
        ct);

    public Task EndTurnAsync(string key, string owner, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            if (row.LeaseOwner == owner)
                (row.LeaseOwner, row.LeasedUntil) = (null, null);
        },
        ct);

    public async Task<bool> KeepReceiptAsync(string key, string owner, string receipt, CancellationToken ct)
    {
        var isOurs = false;
        await ChangeAsync(
            key,
            row =>
            {
                isOurs = row.State != OutboxState.Sent && row.LeaseOwner == owner;
                if (isOurs)
                    row.Receipt = receipt;
            },
            ct);
        return isOurs;
    }

    public Task SentAsync(string key, string? receipt, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            if (row.State != OutboxState.Sent)
                (row.State, row.SentAt, row.Receipt, row.Error, row.LeaseOwner, row.LeasedUntil) = (OutboxState.Sent, clock.GetUtcNow(), receipt ?? row.Receipt, null, null, null);
        },
        ct);

    public Task FailedAsync(string key, string owner, string error, bool giveUp, CancellationToken ct) => ChangeAsync(
        key,
        row =>
        {
            // What was sent stays sent, and whoever has the turn by now says what becomes of it: a late failure changes nothing.
            if (row.State != OutboxState.Sent && row.LeaseOwner == owner)
                (row.Attempts, row.Error, row.State, row.LeaseOwner, row.LeasedUntil) = (row.Attempts + 1, error, giveUp ? OutboxState.Failed : row.State, null, null);
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

    public Task<IReadOnlyList<OutboxEntry>> PendingAsync(DateTimeOffset createdBefore, int limit, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return ManyAsync(
            outbox => outbox.Where(row => row.State == OutboxState.Pending && row.CreatedAt < createdBefore && (row.LeasedUntil == null || row.LeasedUntil <= now))
                .OrderBy(row => row.CreatedAt).ThenBy(row => row.Seq).Take(limit),
            ct);
    }

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
