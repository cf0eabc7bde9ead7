using AutoFlow.Connectors.Graph;
using AutoFlow.Functions.Messages;
using AutoFlow.Support.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Microsoft Graph's change notifications for the mailbox. Anonymous because Graph sends no key: the client state is
/// checked instead. 202 is given only after every notification is stored.
/// </summary>
public sealed class ReceiveMailNotification(GraphNotificationReader reader, INotifications notifications, WorkQueue queue)
{
    [Function(nameof(ReceiveMailNotification))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/mail/notifications")] HttpRequest request, CancellationToken ct)
    {
        // The handshake: Graph expects its token back as plain text within ten seconds.
        if (request.Query.TryGetValue("validationToken", out var token) && token.Count == 1)
            return new ContentResult { Content = token.ToString(), ContentType = "text/plain", StatusCode = StatusCodes.Status200OK };

        if (await RequestBody.ReadAsync(request, RequestBody.LongestPush, ct) is not { } body) return Problems.TooLarge(RequestBody.LongestPush);
        var read = reader.Read(body);
        if (!read.IsSuccess) return Problems.Refused(read.Failure);

        foreach (var notification in read.Value)
        {
            await notifications.AddAsync(notification, ct);
            await queue.SendAsync(QueueNames.MailNotifications, notification.Key, ct);
        }

        return new AcceptedResult();
    }
}
