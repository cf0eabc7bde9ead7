using AutoFlow.Support.Shipments;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Pushes;

internal sealed class PushStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IPushes
{
    private const string Known = """SELECT 1 FROM pushes WHERE "key" = @key""";

    private const string Add = """INSERT INTO pushes ("key", seq, body, stored_at) VALUES (@key, @seq, @body, @stored_at)""";

    private const string Find = """SELECT "key", body, stored_at FROM pushes WHERE "key" = @key""";

    private const string Done = """UPDATE pushes SET done_at = @done_at WHERE "key" = @key AND done_at IS NULL""";

    public Task<bool> AddAsync(string key, string body, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Sql.AnyAsync(Known, ct, ("@key", key)))
                return false;
            await db.Sql.ExecuteAsync(Add, ct, ("@key", key), ("@seq", await db.NextAsync("pushes", ct)), ("@body", body), ("@stored_at", clock.GetUtcNow()));
            return true;
        },
        ct);

    public Task<Push?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        db => db.Sql.FirstAsync(Find, static row => new Push(row.GetString(0), row.GetString(1), row.Time(2)), ct, ("@key", key)), ct);

    public Task MarkDoneAsync(string key, CancellationToken ct) => writer.WriteAsync(
        db => db.Sql.ExecuteAsync(Done, ct, ("@done_at", clock.GetUtcNow()), ("@key", key)), ct);

    public Task<IReadOnlyList<Push>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Push>>(
        async db => (await db.Pushes.Where(row => row.DoneAt == null && row.StoredAt < storedBefore).OrderBy(row => row.Seq).Take(limit).ToListAsync(ct))
            .ConvertAll(row => row.ToPush()),
        ct);
}
