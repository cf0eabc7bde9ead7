using AutoFlow.Functions.Messages;
using AutoFlow.Support.Messages;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Triggers;

/// <summary>Fetches the mail that a notification named and takes it in.</summary>
public sealed class FetchMail(IMailbox mailbox, INotifications notifications, MessageIntake intake, ILogger<FetchMail> logger)
{
    [Function(nameof(FetchMail))]
    public async Task Run([QueueTrigger(QueueNames.MailNotifications)] string key, CancellationToken ct)
    {
        if (await notifications.FindAsync(key, ct) is not { } stored)
        {
            logger.LogWarning("Notification {Key} is unknown: its queue message is dropped.", key);
            return;
        }

        var mail = await mailbox.FetchAsync(stored.Notification.UserId, stored.Notification.ResourceId, ct);
        if (!mail.IsSuccess)
        {
            // Thrown, so that the queue delivers the key again and sets it aside after five tries with the reason in its log.
            logger.LogWarning("Mail of notification {Key} was not fetched: {Reason}", key, mail.Failure.Message);
            throw new InvalidOperationException($"Mail of notification {key} was not fetched: {mail.Failure.Message}");
        }

        if (mail.Value.Item is { } message) await intake.TakeAsync(message, ct);
        await notifications.MarkDoneAsync(key, ct);
    }
}
