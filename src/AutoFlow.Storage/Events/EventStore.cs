using AutoFlow.Support.Events;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Events;

internal sealed class EventStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : IEvents
{
    public Task<IReadOnlyList<bool>> AddAsync(IReadOnlyList<IncomingEvent> events, CancellationToken ct) => writer.WriteAsync<IReadOnlyList<bool>>(
        async db =>
        {
            var added = new List<bool>();
            foreach (var one in events)
            {
                // Finds those of the same batch too.
                var isNew = await db.Events.FindAsync([one.Key], ct) is null;
                added.Add(isNew);
                if (isNew)
                {
                    db.Add(new EventRow
                    {
                        Key = one.Key,
                        Seq = await db.NextAsync("events", ct),
                        Source = one.Source,
                        Id = one.Id,
                        Type = one.Type,
                        Body = one.Body,
                        StoredAt = clock.GetUtcNow(),
                    });
                }
            }

            return added;
        },
        ct);

    public Task<StoredEvent?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Events.SingleOrDefaultAsync(row => row.Key == key, ct))?.ToEvent(), ct);

    public Task MarkDoneAsync(string key, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return writer.WriteAsync(
            db => db.Events.Where(row => row.Key == key && row.DoneAt == null).ExecuteUpdateAsync(row => row.SetProperty(r => r.DoneAt, now), ct), ct);
    }

    public Task<IReadOnlyList<string>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<string>>(
        async db => await db.Events.Where(row => row.DoneAt == null && row.StoredAt < storedBefore).OrderBy(row => row.Seq).Take(limit).Select(row => row.Key).ToListAsync(ct),
        ct);

    public Task<IReadOnlyList<StoredEvent>> ListAsync(string? type, int skip, int take, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<StoredEvent>>(
        async db => (await db.Events.Where(row => type == null || row.Type == type).OrderByDescending(row => row.Seq).Skip(skip).Take(take).ToListAsync(ct))
            .ConvertAll(row => row.ToEvent()),
        ct);

    public Task ForgetAsync(DateTimeOffset doneBefore, CancellationToken ct)
    {
        DateTimeOffset? before = doneBefore;
        return writer.WriteAsync(db => db.Events.Where(row => row.DoneAt != null && row.DoneAt < before).ExecuteDeleteAsync(ct), ct);
    }
}
