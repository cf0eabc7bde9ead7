using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace AutoFlow.EmbeddedHost.Queues;

/// <summary>A request of the Queue Storage REST API, taken apart.</summary>
/// <param name="Method">The HTTP method, upper case.</param>
/// <param name="Queue">The queue's name; empty for the account.</param>
/// <param name="IsMessages">Whether the path goes on with /messages.</param>
/// <param name="MessageId">The message's id; null without one.</param>
/// <param name="Query">The query parameters.</param>
/// <param name="Metadata">The x-ms-meta headers without their prefix, in order.</param>
/// <param name="Body">The request's body; empty without one.</param>
internal sealed record QueueRequest(
    string Method,
    string Queue,
    bool IsMessages,
    string? MessageId,
    IReadOnlyDictionary<string, StringValues> Query,
    IReadOnlyDictionary<string, string> Metadata,
    string Body)
{
    private const string MetadataPrefix = "x-ms-meta-";

    /// <summary>The operation of queues without messages that "comp" names; empty without one.</summary>
    public string Component => Text("comp") ?? string.Empty;

    /// <summary>Takes an HTTP request apart.</summary>
    /// <param name="request">The request.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<QueueRequest> ReadAsync(HttpRequestMessage request, CancellationToken ct)
    {
        var path = request.RequestUri!.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, values) in request.Headers)
        {
            if (name.StartsWith(MetadataPrefix, StringComparison.OrdinalIgnoreCase))
                metadata[name[MetadataPrefix.Length..]] = string.Join(',', values);
        }

        return new QueueRequest(
            request.Method.Method.ToUpperInvariant(),
            path.Length > 0 ? path[0] : string.Empty,
            path.Length > 1 && path[1] == "messages",
            path.Length > 2 ? path[2] : null,
            QueryHelpers.ParseQuery(request.RequestUri.Query),
            metadata,
            request.Content is null ? string.Empty : await request.Content.ReadAsStringAsync(ct));
    }

    /// <summary>A query parameter's text; null without it.</summary>
    /// <param name="name">The parameter.</param>
    public string? Text(string name) => Query.TryGetValue(name, out var value) ? (string?)value : null;

    /// <summary>A query parameter's whole number, or its default.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="fallback">The default.</param>
    /// <param name="minimum">The lowest value.</param>
    /// <param name="maximum">The highest value.</param>
    /// <exception cref="QueueFault">The value is no number or out of range.</exception>
    public int Number(string name, int fallback, int minimum, int maximum)
    {
        if (Text(name) is not { } text)
            return fallback;
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            throw new QueueFault(400, "InvalidQueryParameterValue", $"Value for one of the query parameters ({name}) is invalid.");
        return value >= minimum && value <= maximum
            ? value
            : throw new QueueFault(
                400, "OutOfRangeQueryParameterValue", $"The query parameter {name} must be between {minimum} and {maximum}.");
    }

    /// <summary>The message's text in the body; null without a body.</summary>
    /// <exception cref="QueueFault">The body is no message, or greater than a message may be.</exception>
    public string? MessageText()
    {
        const int maximumBytes = 64 * 1024;
        if (Body.Length == 0)
            return null;
        try
        {
            var text = XDocument.Parse(Body, LoadOptions.PreserveWhitespace).Root?.Element("MessageText")?.Value
                ?? throw new QueueFault(400, "InvalidXmlDocument", "The body has no MessageText.");
            return System.Text.Encoding.UTF8.GetByteCount(text) <= maximumBytes
                ? text
                : throw new QueueFault(413, "RequestBodyTooLarge", "The request body is too large and exceeds the maximum permissible limit of 64 KB.");
        }
        catch (XmlException)
        {
            throw new QueueFault(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
        }
    }
}

/// <summary>An error answer of the Queue Storage REST API. Never leaves the protocol: it becomes an HTTP answer.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">The storage error code.</param>
/// <param name="message">The message.</param>
internal sealed class QueueFault(int status, string code, string message) : Exception(message)
{
    /// <summary>The HTTP status.</summary>
    public int Status { get; } = status;

    /// <summary>The storage error code.</summary>
    public string Code { get; } = code;
}
