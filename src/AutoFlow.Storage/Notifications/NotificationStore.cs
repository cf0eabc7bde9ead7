using AutoFlow.Support.Messages;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Notifications;

internal sealed class NotificationStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : INotifications
{
    public Task<bool> AddAsync(MailNotification notification, CancellationToken ct)
    {
        var key = notification.Key;
        return writer.WriteAsync(
            async db =>
            {
                if (await db.Notifications.AnyAsync(row => row.Key == key, ct))
                    return false;
                db.Add(new NotificationRow
                {
                    Key = key,
                    Seq = await db.NextAsync("notifications", ct),
                    SubscriptionId = notification.SubscriptionId,
                    UserId = notification.UserId,
                    ResourceId = notification.ResourceId,
                    ChangeKey = notification.ChangeKey,
                    StoredAt = clock.GetUtcNow(),
                });
                return true;
            },
            ct);
    }

    public Task<StoredNotification?> FindAsync(string key, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Notifications.SingleOrDefaultAsync(row => row.Key == key, ct))?.ToNotification(), ct);

    public Task MarkDoneAsync(string key, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return writer.WriteAsync(
            db => db.Notifications.Where(row => row.Key == key && row.DoneAt == null).ExecuteUpdateAsync(row => row.SetProperty(r => r.DoneAt, now), ct), ct);
    }

    public Task<IReadOnlyList<StoredNotification>> UnprocessedAsync(DateTimeOffset storedBefore, int limit, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<StoredNotification>>(
        async db => (await db.Notifications.Where(row => row.DoneAt == null && row.StoredAt < storedBefore).OrderBy(row => row.Seq).Take(limit).ToListAsync(ct))
            .ConvertAll(row => row.ToNotification()),
        ct);
}
