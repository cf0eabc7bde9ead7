using System.Globalization;
using System.Xml.Linq;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>
/// Speaks the Queue Storage REST API (version 2021-08-06 and later, the operations on queues and messages) to
/// Microsoft's own client, in this process, with the embedded queues behind it. So the app has the real
/// <c>QueueServiceClient</c> under every host, with its encoding, its limits and its errors.
/// </summary>
internal sealed class EmbeddedQueueProtocol(EmbeddedQueueStore store) : HttpMessageHandler
{
    private const int MaximumMessages = 32;
    private const int DefaultVisibilitySeconds = 30;
    private static readonly int WeekSeconds = (int)TimeSpan.FromDays(7).TotalSeconds;

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpResponseMessage response;
        try
        {
            response = await AnswerAsync(await QueueRequest.ReadAsync(request, cancellationToken), cancellationToken);
        }
        catch (QueueFault fault)
        {
            response = QueueResponse.Error(fault);
        }

        response.RequestMessage = request;
        return response;
    }

    /// <inheritdoc/>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken) =>
        //// The client's synchronous methods end here. The database's writer is a thread of its own, so waiting cannot deadlock.
        SendAsync(request, cancellationToken).GetAwaiter().GetResult();

    private Task<HttpResponseMessage> AnswerAsync(QueueRequest request, CancellationToken ct)
    {
        if (request.Queue.Length > 0 && QueueName.Fault(request.Queue) is { } fault)
            throw new QueueFault(400, "InvalidResourceName", $"The specified resource name '{request.Queue}' is invalid: {fault}.");
        return (request.Method, request.Queue.Length > 0, request.IsMessages, request.MessageId, request.Component) switch
        {
            ("GET", false, _, _, "list") => Task.FromResult(List(request)),
            ("PUT", true, false, _, "") => CreateAsync(request, ct),
            ("PUT", true, false, _, "metadata") => SetMetadataAsync(request, ct),
            ("DELETE", true, false, _, "") => DeleteQueueAsync(request, ct),
            ("GET" or "HEAD", true, false, _, "metadata") => Task.FromResult(Properties(request)),
            ("POST", true, true, null, _) => SendMessageAsync(request, ct),
            ("GET", true, true, null, _) when request.Text("peekonly") == "true" => Task.FromResult(Peek(request)),
            ("GET", true, true, null, _) => ReceiveAsync(request, ct),
            ("DELETE", true, true, null, _) => ClearAsync(request, ct),
            ("DELETE", true, true, { } id, _) => DeleteMessageAsync(request, id, ct),
            ("PUT", true, true, { } id, _) => UpdateAsync(request, id, ct),
            _ => throw new QueueFault(
                400, "UnsupportedHttpVerb", "The embedded queue has no such operation; use a storage account or Azurite for it."),
        };
    }

    private async Task<HttpResponseMessage> CreateAsync(QueueRequest request, CancellationToken ct) =>
        await store.CreateAsync(request.Queue, request.Metadata, ct) switch
        {
            QueueOutcome.Done => QueueResponse.Empty(201),
            QueueOutcome.AlreadyThere => QueueResponse.Empty(204),
            _ => throw new QueueFault(409, "QueueAlreadyExists", "The specified queue already exists."),
        };

    private async Task<HttpResponseMessage> DeleteQueueAsync(QueueRequest request, CancellationToken ct) =>
        NoContent(await store.DeleteAsync(request.Queue, ct));

    private async Task<HttpResponseMessage> SetMetadataAsync(QueueRequest request, CancellationToken ct) =>
        NoContent(await store.SetMetadataAsync(request.Queue, request.Metadata, ct));

    private async Task<HttpResponseMessage> ClearAsync(QueueRequest request, CancellationToken ct) =>
        NoContent(await store.ClearAsync(request.Queue, ct));

    private async Task<HttpResponseMessage> DeleteMessageAsync(QueueRequest request, string id, CancellationToken ct) =>
        NoContent(await store.DeleteMessageAsync(request.Queue, id, request.Text("popreceipt") ?? string.Empty, ct));

    private HttpResponseMessage Properties(QueueRequest request)
    {
        var (metadata, count) = store.Properties(request.Queue) ?? throw Fault(QueueOutcome.QueueNotFound);
        return QueueResponse.Empty(
            200,
            [
                ("x-ms-approximate-messages-count", count.ToString(CultureInfo.InvariantCulture)),
                .. metadata.Select(static entry => ($"x-ms-meta-{entry.Key}", entry.Value)),
            ]);
    }

    private HttpResponseMessage List(QueueRequest request)
    {
        var withMetadata = request.Text("include")?.Contains("metadata", StringComparison.Ordinal) == true;
        return QueueResponse.Xml(
            200,
            new XElement(
                "EnumerationResults",
                new XElement("Queues", store.List(request.Text("prefix") ?? string.Empty).Select(Queue)),
                new XElement("NextMarker")));

        XElement Queue((string Name, IReadOnlyDictionary<string, string> Metadata) queue) => new(
            "Queue",
            new XElement("Name", queue.Name),
            withMetadata ? new XElement("Metadata", queue.Metadata.Select(static entry => new XElement(entry.Key, entry.Value))) : null);
    }

    private async Task<HttpResponseMessage> SendMessageAsync(QueueRequest request, CancellationToken ct)
    {
        var visibility = request.Number("visibilitytimeout", 0, 0, WeekSeconds);
        var timeToLive = request.Number("messagettl", WeekSeconds, -1, int.MaxValue);
        if (timeToLive == 0 || (timeToLive > 0 && visibility >= timeToLive))
            throw new QueueFault(400, "OutOfRangeQueryParameterValue", "The message must live longer than it is hidden.");
        var sent = await store.SendAsync(
            request.Queue,
            request.MessageText() ?? throw new QueueFault(400, "InvalidXmlDocument", "The body has no MessageText."),
            TimeSpan.FromSeconds(visibility),
            timeToLive < 0 ? null : TimeSpan.FromSeconds(timeToLive),
            ct);
        return sent is null ? throw Fault(QueueOutcome.QueueNotFound) : QueueResponse.Messages(201, [sent], MessageParts.Receipt);
    }

    private async Task<HttpResponseMessage> ReceiveAsync(QueueRequest request, CancellationToken ct)
    {
        var received = await store.ReceiveAsync(
            request.Queue,
            request.Number("numofmessages", 1, 1, MaximumMessages),
            TimeSpan.FromSeconds(request.Number("visibilitytimeout", DefaultVisibilitySeconds, 1, WeekSeconds)),
            ct);
        return received is null
            ? throw Fault(QueueOutcome.QueueNotFound)
            : QueueResponse.Messages(200, received, MessageParts.Receipt | MessageParts.Content);
    }

    private HttpResponseMessage Peek(QueueRequest request)
    {
        var peeked = store.Peek(request.Queue, request.Number("numofmessages", 1, 1, MaximumMessages));
        return peeked is null ? throw Fault(QueueOutcome.QueueNotFound) : QueueResponse.Messages(200, peeked, MessageParts.Content);
    }

    private async Task<HttpResponseMessage> UpdateAsync(QueueRequest request, string id, CancellationToken ct)
    {
        var (outcome, receipt, visibleAt) = await store.UpdateMessageAsync(
            request.Queue,
            id,
            request.Text("popreceipt") ?? string.Empty,
            TimeSpan.FromSeconds(request.Number("visibilitytimeout", 0, 0, WeekSeconds)),
            request.MessageText(),
            ct);
        return outcome == QueueOutcome.Done
            ? QueueResponse.Empty(204, ("x-ms-popreceipt", receipt), ("x-ms-time-next-visible", QueueResponse.Moment(visibleAt)))
            : throw Fault(outcome);
    }

    private static HttpResponseMessage NoContent(QueueOutcome outcome) =>
        outcome == QueueOutcome.Done ? QueueResponse.Empty(204) : throw Fault(outcome);

    private static QueueFault Fault(QueueOutcome outcome) => outcome switch
    {
        QueueOutcome.QueueNotFound => new QueueFault(404, "QueueNotFound", "The specified queue does not exist."),
        QueueOutcome.MessageNotFound => new QueueFault(404, "MessageNotFound", "The specified message does not exist."),
        QueueOutcome.PopReceiptMismatch => new QueueFault(
            400, "PopReceiptMismatch", "The specified pop receipt did not match the pop receipt for a dequeued message."),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "This outcome is no fault."),
    };
}
