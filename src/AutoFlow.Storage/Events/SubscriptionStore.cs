using AutoFlow.Support.Events;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Events;

internal sealed class SubscriptionStore(SupportWriter writer, SupportReader reader) : ISubscriptions
{
    public Task AddAsync(string instanceId, string type, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (!await db.Subscriptions.AnyAsync(row => row.InstanceId == instanceId && row.Type == type, ct))
                db.Add(new SubscriptionRow { InstanceId = instanceId, Type = type });
        },
        ct);

    public Task RemoveAsync(string instanceId, CancellationToken ct) =>
        writer.WriteAsync(db => db.Subscriptions.Where(row => row.InstanceId == instanceId).ExecuteDeleteAsync(ct), ct);

    public Task RemoveAsync(string instanceId, string type, CancellationToken ct) =>
        writer.WriteAsync(db => db.Subscriptions.Where(row => row.InstanceId == instanceId && row.Type == type).ExecuteDeleteAsync(ct), ct);

    public Task<IReadOnlyList<Subscription>> ToAsync(string type, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Subscription>>(
        async db => (await db.Subscriptions.Where(row => row.Type == type || row.Type == ISubscriptions.AnyType).OrderBy(row => row.InstanceId).ToListAsync(ct))
            .GroupBy(row => row.InstanceId, (instance, rows) => new Subscription(instance, [.. rows.Select(row => row.Type)]), StringComparer.Ordinal)
            .ToList(),
        ct);
}
