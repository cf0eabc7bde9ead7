using AutoFlow.Functions.Messages;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Storing and enqueueing are two writes: a process that dies between them leaves a row without its queue message. This
/// finds such rows and enqueues them again; every consumer tolerates a key that comes twice.
/// </summary>
public sealed class SweepStore(
    IInbox inbox, IOutbox outbox, INotifications notifications, IPushes pushes, WorkQueue queue, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>Younger rows are most likely on their way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Function(nameof(SweepStore))]
    public async Task Run([TimerTrigger("*/30 * * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken ct)
    {
        var before = time.GetUtcNow() - Grace;
        foreach (var entry in await inbox.UnprocessedAsync(before, AtOnce, ct)) await queue.SendAsync(QueueNames.Inbox, entry.Id, ct);
        foreach (var entry in await outbox.PendingAsync(before, AtOnce, ct)) await queue.SendAsync(QueueNames.Outbox, entry.Key, ct);
        foreach (var push in await pushes.UnprocessedAsync(before, AtOnce, ct)) await queue.SendAsync(QueueNames.TrackingPushes, push.Key, ct);
        foreach (var one in await notifications.UnprocessedAsync(before, AtOnce, ct)) await queue.SendAsync(QueueNames.MailNotifications, one.Key, ct);
    }
}
