using AutoFlow.Support.Messages;

namespace AutoFlow.Storage.Conversations;

/// <summary>
/// Which messages a message answers. A reply's References field names its whole line of parents (RFC 5322 section 3.6.4),
/// so a customer's earlier message is found even though the message answered was our own.
/// </summary>
internal static class ReplyReferences
{
    // A long thread names hundreds; the newest parents are enough to find the conversation.
    private const int Newest = 20;

    /// <summary>Ids without angle brackets, the nearest parent first, each once.</summary>
    public static IReadOnlyList<string> Of(InboundMessage message)
    {
        var parents = Ids(message, "In-Reply-To").Concat(Ids(message, "References").Reverse()).Take(Newest);
        return [.. parents.Prepend(message.InReplyTo ?? "").Select(Bare).Where(id => id.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    private static string[] Ids(InboundMessage message, string field) =>
        message.Headers.FirstOrDefault(header => header.Key.Equals(field, StringComparison.OrdinalIgnoreCase)).Value?.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>An id without white space and angle brackets around it.</summary>
    public static string Bare(string messageId) => messageId.Trim().Trim('<', '>');
}
