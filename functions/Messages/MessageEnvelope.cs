using System.Globalization;
using System.Text.Json;
using AutoFlow.Support.Messages;

namespace AutoFlow.Functions.Messages;

/// <summary>
/// A message in a CloudEvents 1.0 envelope, structured content mode (CloudEvents JSON format, section 3): the form that
/// <c>POST /api/messages</c> takes.
/// </summary>
public static class MessageEnvelope
{
    /// <summary>The only event type taken here, and the type of the event that a waiting workflow gets.</summary>
    public const string Type = "autoflow.message.received";

    /// <summary>What is wrong with an envelope, a line for each.</summary>
    /// <param name="Field">A JSON pointer, or <c>line:column</c> where the text is no JSON.</param>
    public sealed record Problem(string Field, string Message);

    /// <summary>Reads an envelope. Either the message, or every problem found; never throws on bad input.</summary>
    /// <param name="now">UTC; stands in for a missing <c>time</c>.</param>
    public static (InboundMessage? Message, IReadOnlyList<Problem> Problems) Read(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body);
        }
        catch (JsonException exception)
        {
            var at = string.Create(CultureInfo.InvariantCulture, $"{exception.LineNumber + 1}:{exception.BytePositionInLine + 1}");
            return (null, [new Problem(at, $"The body is not JSON at line {at.Replace(":", ", column ", StringComparison.Ordinal)}. Send a CloudEvent as application/cloudevents+json.")]);
        }

        using (document)
        {
            try
            {
                var fields = new EnvelopeFields(document.RootElement);
                var message = Message(fields, now);
                return fields.Problems.Count == 0 ? (message, []) : (null, fields.Problems);
            }
            catch (InvalidOperationException)
            {
                // JsonElement reads a text only when it is asked for: bytes that are no UTF-8, or half of a surrogate pair.
                return (null, [new Problem("/", "A text in the body is not valid Unicode. Send the JSON as UTF-8.")]);
            }
        }
    }

    private static InboundMessage Message(EnvelopeFields fields, DateTimeOffset now)
    {
        fields.Exactly("/specversion", "1.0");
        fields.Exactly("/type", Type);
        return new InboundMessage
        {
            Id = fields.Text("/id") ?? "",
            Channel = fields.Text("/source") ?? "",
            From = fields.Text("/data/from") ?? "",
            FromName = fields.OptionalText("/data/fromName"),
            To = fields.OptionalText("/data/to"),
            Subject = fields.OptionalText("/data/subject") ?? fields.OptionalText("/subject"),
            Text = fields.OneOf("/data/text", "/data/html") ?? "",
            Html = fields.OptionalText("/data/html"),
            ThreadId = fields.OptionalName("/data/threadId"),
            InReplyTo = fields.OptionalText("/data/inReplyTo"),
            ReceivedAt = fields.OptionalTime("/time") ?? now,
            Headers = fields.Texts("/data/headers"),
            AttachmentCount = fields.OptionalCount("/data/attachmentCount"),
        };
    }
}
