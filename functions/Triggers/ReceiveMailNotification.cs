using System.Text;
using AutoFlow.Connectors.Graph;
using AutoFlow.Functions.Messages;
using AutoFlow.Support.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Microsoft Graph's change notifications for the mailbox. Anonymous because Graph sends no key: the client state is
/// checked instead. 202 is given only after every notification is stored.
/// </summary>
public sealed class ReceiveMailNotification(
    IEnumerable<GraphOptions> options, INotifications notifications, WorkQueue queue, ILogger<ReceiveMailNotification> logger)
{
    [Function(nameof(ReceiveMailNotification))]
    public async Task<IActionResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/mail/notifications")] HttpRequest request, CancellationToken ct)
    {
        if (GraphNotification.Handshake(request.Query["validationToken"]) is { } token)
            return new ContentResult { Content = token, ContentType = "text/plain", StatusCode = StatusCodes.Status200OK };

        if (options.FirstOrDefault() is not { } graph)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "No mailbox", "Microsoft Graph is not configured; set Graph:Mailbox and Graph:ClientState.");
        if (await RequestBody.ReadAsync(request, RequestBody.LongestPush, ct) is not { } body) return Problems.TooLarge(RequestBody.LongestPush);
        var read = GraphNotification.Read(Encoding.UTF8.GetString(body), graph.ClientState);
        if (!read.IsSuccess) return Problems.Refused(read.Failure);

        if (read.Value.Refused > 0) logger.LogWarning("{Count} notifications had another client state and were not stored.", read.Value.Refused);
        foreach (var lifecycle in read.Value.Lifecycle) logger.LogWarning("Graph tells of subscription {Subscription}: {Event}.", lifecycle.SubscriptionId, lifecycle.Event);
        foreach (var notification in read.Value.Messages)
        {
            await notifications.AddAsync(notification, ct);
            await queue.SendAsync(QueueNames.MailNotifications, notification.Key, ct);
        }

        return new AcceptedResult();
    }
}
