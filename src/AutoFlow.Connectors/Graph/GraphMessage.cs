using AutoFlow.Support.Messages;
using Microsoft.Graph.Models;

namespace AutoFlow.Connectors.Graph;

/// <summary>Graph's message resource as an inbound message; pure.</summary>
internal static class GraphMessage
{
    /// <summary>What is asked for: internetMessageHeaders and uniqueBody come only when selected.</summary>
    public static readonly string[] Select =
    [
        "id", "internetMessageId", "conversationId", "from", "sender", "toRecipients", "subject", "body", "uniqueBody",
        "internetMessageHeaders", "receivedDateTime", "isDraft",
    ];

    public static readonly string[] Expand = ["attachments($select=id,contentType,size,isInline)"];

    // What tells automatic mail and the thread (RFC 3834, 3464, 2919, 2369, 5322; Exchange's own; responders', lists' and spam filters').
    // The transport's fields are long and say nothing about the writer.
    private static readonly HashSet<string> Kept = new(StringComparer.OrdinalIgnoreCase)
    {
        "Auto-Submitted", "Precedence", "Content-Type", "Return-Path", "In-Reply-To", "References", "Reply-To", "Sender", "Feedback-ID", "Delivered-To",
        "Mailing-List", "X-BeenThere", "X-FC-MachineGenerated", "X-Cron-Env", "X-Original-From", "X-Original-Sender",
    };

    private static readonly string[] KeptBeginnings =
    [
        "List-", "X-Auto", "X-Loop", "X-Spam", "X-Failed-Recipients", "X-Campaign", "X-Mail", "X-MS-Exchange-Organization-SCL", "X-MS-Exchange-Generated",
        "X-MS-Exchange-Message-Is-Ndr", "X-MS-Exchange-Inbox-Rules-Loop",
    ];

    /// <summary>The message, or null when it has no sender and so can be answered by nobody.</summary>
    public static InboundMessage? Read(Message message, GraphOptions options)
    {
        var from = (message.From ?? message.Sender)?.EmailAddress;
        if (from?.Address is not { Length: > 0 } address || (message.InternetMessageId ?? message.Id) is not { Length: > 0 } id)
            return null;
        var headers = Headers(message);
        var writer = IsOwn(address, options) ? BehindList(headers, address) : null;
        var isHtml = message.Body?.ContentType == BodyType.Html;
        return new InboundMessage
        {
            Id = id,
            Channel = GraphReplyChannel.Mail,
            From = writer ?? address,
            FromName = string.IsNullOrWhiteSpace(from.Name) || from.Name == address || writer is not null ? null : from.Name,
            To = message.ToRecipients?.FirstOrDefault()?.EmailAddress?.Address,
            Subject = message.Subject,
            Text = isHtml ? "" : message.Body?.Content ?? "",
            Html = isHtml ? message.Body?.Content : null,
            Unique = message.UniqueBody is { Content.Length: > 0 } unique && unique.ContentType == message.Body?.ContentType && unique.Content.Length < message.Body?.Content?.Length ? unique.Content : null,
            ThreadId = message.ConversationId,
            InReplyTo = headers.GetValueOrDefault("In-Reply-To")?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(),
            ReceivedAt = (message.ReceivedDateTime ?? message.SentDateTime ?? message.CreatedDateTime ?? DateTimeOffset.UnixEpoch).ToUniversalTime(),
            Headers = headers,
            AttachmentCount = message.Attachments?.Count(attachment => IsFile(attachment, options.InlinePhotoBytes)) ?? 0,
        };
    }

    // A Google group writes in its own name where the member's domain forbids others to use it (DMARC), and names the member in
    // X-Original-Sender (support.google.com/groups, "'Anna' via help"). Only an own address of the shop is replaced so: anybody can
    // write these fields, and must not become a customer by them.
    private static string? BehindList(Dictionary<string, string> headers, string address) =>
        headers.TryGetValue("X-Original-Sender", out var writer) && writer.Contains('@', StringComparison.Ordinal) && !writer.Any(char.IsWhiteSpace)
        && ((headers.TryGetValue("List-Post", out var post) && post.Contains($"mailto:{address}>", StringComparison.OrdinalIgnoreCase))
            || (headers.TryGetValue("Mailing-List", out var group) && group.Contains($"list {address};", StringComparison.OrdinalIgnoreCase)))
            ? writer
            : null;

    private static bool IsOwn(string address, GraphOptions options) =>
        address.Equals(options.Mailbox, StringComparison.OrdinalIgnoreCase) || options.OwnAddresses.Contains(address, StringComparer.OrdinalIgnoreCase);

    private static bool IsFile(Attachment attachment, int inlinePhotoBytes) =>
        attachment.IsInline != true
        || (attachment.ContentType?.StartsWith("image/", StringComparison.OrdinalIgnoreCase) == true && attachment.Size >= inlinePhotoBytes);

    private static Dictionary<string, string> Headers(Message message)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var header in message.InternetMessageHeaders ?? [])
            if (header is { Name: { } name, Value: { } value } && IsKept(name))
                headers.TryAdd(name, value);
        return headers;
    }

    private static bool IsKept(string name) =>
        Kept.Contains(name) || KeptBeginnings.Any(beginning => name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase));
}
