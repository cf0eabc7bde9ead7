using System.Globalization;
using System.Net;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>Writes the answers of the Queue Storage REST API.</summary>
internal static class QueueResponse
{
    /// <summary>An answer without a body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="headers">Headers.</param>
    public static HttpResponseMessage Empty(int status, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = new ByteArrayContent([]) };
        response.Headers.TryAddWithoutValidation("x-ms-request-id", Guid.NewGuid().ToString());
        foreach (var (name, value) in headers)
            response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    /// <summary>An answer with an XML body.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="root">The body's root.</param>
    /// <param name="headers">Headers.</param>
    public static HttpResponseMessage Xml(int status, XElement root, params ReadOnlySpan<(string Name, string Value)> headers)
    {
        var response = Empty(status, headers);
        var buffer = new MemoryStream();

        // Entitised line ends: XML readers turn a bare carriage return into a line feed, which would change the message.
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize };
        using (var writer = XmlWriter.Create(buffer, settings))
            root.WriteTo(writer);
        response.Content = new ByteArrayContent(buffer.ToArray());
        response.Content.Headers.TryAddWithoutValidation("Content-Type", "application/xml");
        return response;
    }

    /// <summary>An error.</summary>
    /// <param name="fault">The error.</param>
    public static HttpResponseMessage Error(QueueFault fault) => Xml(
        fault.Status,
        new XElement("Error", new XElement("Code", fault.Code), new XElement("Message", fault.Message)),
        ("x-ms-error-code", fault.Code));

    /// <summary>A list of messages.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="parts">Which elements a message shows.</param>
    public static HttpResponseMessage Messages(int status, IEnumerable<StoredMessage> messages, MessageParts parts) => Xml(
        status, new XElement("QueueMessagesList", messages.Select(message => Message(message, parts))));

    /// <summary>A moment as the API writes it (RFC 1123, whole seconds).</summary>
    /// <param name="moment">The moment.</param>
    public static string Moment(DateTimeOffset moment) => moment.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture);

    private static XElement Message(StoredMessage message, MessageParts parts)
    {
        var element = new XElement(
            "QueueMessage",
            new XElement("MessageId", message.Id),
            new XElement("InsertionTime", Moment(message.InsertedAt)),
            new XElement("ExpirationTime", Moment(message.ExpiresAt)));
        if (parts.HasFlag(MessageParts.Receipt))
        {
            element.Add(new XElement("PopReceipt", message.PopReceipt));
            element.Add(new XElement("TimeNextVisible", Moment(message.VisibleAt)));
        }

        if (parts.HasFlag(MessageParts.Content))
        {
            element.Add(new XElement("DequeueCount", message.DequeueCount));
            element.Add(new XElement("MessageText", message.Body));
        }

        return element;
    }
}

/// <summary>Which elements a message shows in an answer.</summary>
[Flags]
internal enum MessageParts
{
    /// <summary>The receipt and the moment of visibility.</summary>
    Receipt = 1,

    /// <summary>The dequeue count and the text.</summary>
    Content = 2,
}
