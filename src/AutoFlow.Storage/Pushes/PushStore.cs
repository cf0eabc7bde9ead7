using AutoFlow.Support.Shipments;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Pushes;

internal sealed class PushStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IPushes
{
    public Task<bool> AddAsync(string key, string body, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Pushes.AnyAsync(row => row.Key == key, ct))
                return false;
            db.Add(new PushRow { Key = key, Seq = await db.NextAsync("pushes", ct), Body = body, StoredAt = clock.GetUtcNow() });
            return true;
        },
        ct);

    public Task<Push?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Pushes.SingleOrDefaultAsync(row => row.Key == key, ct))?.ToPush(), ct);

    public Task MarkDoneAsync(string key, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return writer.WriteAsync(
            db => db.Pushes.Where(row => row.Key == key && row.DoneAt == null).ExecuteUpdateAsync(row => row.SetProperty(r => r.DoneAt, now), ct), ct);
    }

    public Task<IReadOnlyList<Push>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Push>>(
        async db => (await db.Pushes.Where(row => row.DoneAt == null && row.StoredAt < storedBefore).OrderBy(row => row.Seq).Take(limit).ToListAsync(ct))
            .ConvertAll(row => row.ToPush()),
        ct);
}
