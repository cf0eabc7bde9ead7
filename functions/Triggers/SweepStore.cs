using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Messages;
using AutoFlow.Support.Events;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Shipments;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Storing and enqueueing are two writes: a process that dies between them leaves a row without its queue message. This
/// finds such rows and enqueues them again; every consumer tolerates a key that comes twice.
/// </summary>
public sealed class SweepStore(
    IInbox inbox, IOutbox outbox, INotifications notifications, IPushes pushes, IEvents events, IOptions<WorkflowSettings> settings, WorkQueue queue, SweepPace pace, TimeProvider time)
{
    private const int AtOnce = 500;

    /// <summary>Younger rows are most likely on their way.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    [Function(nameof(SweepStore))]
    public async Task Run([TimerTrigger("*/30 * * * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken ct)
    {
        var before = time.GetUtcNow() - Grace;
        await AgainAsync(QueueNames.Inbox, (await inbox.UnprocessedAsync(before, AtOnce, ct)).Select(entry => entry.Id), ct);
        await AgainAsync(QueueNames.Outbox, (await outbox.PendingAsync(before, AtOnce, ct)).Select(entry => entry.Key), ct);
        await AgainAsync(QueueNames.TrackingPushes, (await pushes.UnprocessedAsync(before, AtOnce, ct)).Select(push => push.Key), ct);
        await AgainAsync(QueueNames.MailNotifications, (await notifications.UnprocessedAsync(before, AtOnce, ct)).Select(one => one.Key), ct);
        await AgainAsync(QueueNames.Events, await events.UnprocessedAsync(before, AtOnce, ct), ct);
        await events.ForgetAsync(time.GetUtcNow() - settings.Value.KeepEventsFor, ct);
    }

    private async Task AgainAsync(string to, IEnumerable<string> standing, CancellationToken ct)
    {
        foreach (var key in pace.Due(to, standing)) await queue.SendAsync(to, key, ct);
    }
}
