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
            if (await db.Sql.FirstAsync(OutboxSql.Find, OutboxSql.Read, ct, ("@key", entry.Key)) is { } known)
                return known.ToEntry();
            await db.Sql.ExecuteAsync(
                OutboxSql.Add, ct,
                ("@key", entry.Key), ("@seq", await db.NextAsync("outbox", ct)), ("@state", entry.State), ("@conversation", entry.ConversationId),
                ("@instance", entry.InstanceId), ("@channel", entry.Channel), ("@to", entry.To), ("@in_reply_to", entry.InReplyTo), ("@subject", entry.Subject),
                ("@text", entry.Text), ("@paragraphs", entry.Paragraphs), ("@language", entry.Language), ("@held_because", entry.HeldBecause),
                ("@created_at", entry.CreatedAt), ("@attempts", entry.Attempts), ("@receipt", entry.Receipt), ("@proactive", entry.Proactive), ("@trace_parent", entry.TraceParent));
            return entry;
        },
        ct);

    public Task<OutboxEntry?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Sql.FirstAsync(OutboxSql.Find, OutboxSql.Read, ct, ("@key", key)))?.ToEntry(), ct);

    public Task<OutboxTurn> TakeTurnAsync(string key, string owner, DateTimeOffset until, CancellationToken ct) => writer.WriteAsync<OutboxTurn>(
        async db =>
        {
            if (await db.Sql.FirstAsync(OutboxSql.Find + db.Sql.ForUpdate, OutboxSql.Read, ct, ("@key", key)) is not { State: OutboxState.Pending } row)
                return new OutboxTurn.Over();
            if (row.LeasedUntil is { } taken && taken > clock.GetUtcNow() && row.LeaseOwner != owner)
                return new OutboxTurn.Taken(taken);
            if (row.LeaseOwner is { } lost && lost != owner)
                (row.Attempts, row.LostTurns) = (row.Attempts + 1, row.LostTurns + 1);
            if (row.LeaseOwner != owner && row.LostTurns >= MostLostTurns)
                return new OutboxTurn.GivenUp(await GiveUpAsync(db, key, row.Attempts, row.LostTurns, ct));
            await db.Sql.ExecuteAsync(
                OutboxSql.TakeTurn, ct, ("@owner", owner), ("@until", until), ("@attempts", row.Attempts), ("@lost_turns", row.LostTurns), ("@key", key));
            return new OutboxTurn.Ours(row.ToEntry());
        },
        ct);

    public Task EndTurnAsync(string key, string owner, CancellationToken ct) => writer.WriteAsync(
        db => OfKnownAsync(db, key, OutboxSql.EndTurn, ct, ("@key", key), ("@owner", owner)), ct);

    public Task<bool> KeepReceiptAsync(string key, string owner, string receipt, CancellationToken ct) => writer.WriteAsync(
        db => OfKnownAsync(db, key, OutboxSql.KeepReceipt, ct, ("@receipt", receipt), ("@key", key), ("@owner", owner)), ct);

    public Task SentAsync(string key, string? receipt, CancellationToken ct) => writer.WriteAsync(
        db => OfKnownAsync(db, key, OutboxSql.Sent, ct, ("@sent_at", clock.GetUtcNow()), ("@receipt", receipt), ("@key", key)), ct);

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

    private static async Task<OutboxEntry> GiveUpAsync(SupportDbContext db, string key, int attempts, int lostTurns, CancellationToken ct)
    {
        var row = await db.Outbox.SingleAsync(row => row.Key == key, ct);
        (row.Attempts, row.LostTurns) = (attempts, lostTurns);
        (row.State, row.Error) = (OutboxState.Failed, $"{lostTurns} workers began to send this and were not heard of again.");
        (row.LeaseOwner, row.LeasedUntil) = (null, null);
        return row.ToEntry();
    }

    /// <summary>Whether the statement changed the entry. Throws <see cref="InvalidOperationException"/> when there is none.</summary>
    private static async Task<bool> OfKnownAsync(SupportDbContext db, string key, string sql, CancellationToken ct, params (string Name, object? Value)[] values)
    {
        if (await db.Sql.ExecuteAsync(sql, ct, values) > 0) return true;
        return await db.Sql.AnyAsync(OutboxSql.Find, ct, ("@key", key)) ? false : throw new InvalidOperationException($"There is no outbox entry {key}.");
    }

    private Task ChangeAsync(string key, Action<OutboxRow> change, CancellationToken ct) => writer.WriteAsync(
        async db => change(await db.Outbox.SingleOrDefaultAsync(row => row.Key == key, ct)
            ?? throw new InvalidOperationException($"There is no outbox entry {key}.")),
        ct);
}
