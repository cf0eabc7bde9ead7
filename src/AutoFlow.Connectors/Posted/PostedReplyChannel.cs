using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using AutoFlow.Support;
using AutoFlow.Support.Outbox;
using Microsoft.Extensions.Options;

namespace AutoFlow.Connectors.Posted;

/// <summary>
/// Hands replies to a service of the operator's own, such as a chat's gateway or a mail relay: each is a CloudEvent, posted with its
/// <c>Idempotency-Key</c>. A worker that was killed while it sent posts again; the receiver knows the second one by its key.
/// </summary>
public sealed class PostedReplyChannel(IHttpClientFactory clients, IOptions<PostedReplyOptions> options) : IReplyChannel
{
    /// <summary>The event's type.</summary>
    public const string EventType = "autoflow.reply.sent";

    /// <summary>What <see cref="OutboxEntry.Receipt"/> says of a reply whose receiver named none.</summary>
    public const string Receipt = "posted";

    /// <summary>The name of the HTTP client.</summary>
    internal const string Client = "posted-replies";

    private const string Service = "reply";

    /// <summary>Takes every channel that no other implementation serves.</summary>
    public string Channel => ReplyChannels.Any;

    /// <inheritdoc/>
    public TimeSpan Longest => options.Value.Timeout;

    /// <inheritdoc/>
    public Task<Result<string>> SendAsync(OutboxEntry entry, Func<string, CancellationToken, Task> keepReceipt, CancellationToken ct) =>
        new OutsideCall(clients.CreateClient(Client), Service).SendAsync(
            () => Request(entry),
            (status, _, _) => Task.FromResult<Result<string>>((int)status < 300
                ? Receipt
                : new Failure($"{Service}-refused", $"The receiver of replies answered {(int)status}.")),
            ct);

    private HttpRequestMessage Request(OutboxEntry entry)
    {
        var body = new
        {
            specversion = "1.0",
            type = EventType,
            source = $"/conversations/{entry.ConversationId}",
            id = entry.Key,
            time = entry.CreatedAt.UtcDateTime,
            data = new { entry.Channel, entry.To, entry.InReplyTo, entry.Subject, entry.Text, entry.Language, entry.Proactive },
        };
        var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Address)
        {
            Content = JsonContent.Create(body, new MediaTypeHeaderValue("application/cloudevents+json")),
            Version = HttpVersion.Version11,
        };
        request.Headers.Add("Idempotency-Key", entry.Key);
        if (options.Value.Token is { Length: > 0 } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
