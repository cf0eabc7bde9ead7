using System.Security.Cryptography;
using System.Text;

namespace AutoFlow.Support.Messages;

/// <summary>Ids that follow from the message itself, so that a second delivery or a replay comes to the same.</summary>
public static class InboxId
{
    private const int Bytes = 12;

    /// <summary>The inbox row's id for a message: <c>m-</c> and 24 hex digits of a SHA-256 over channel and message id.</summary>
    public static string Of(string channel, string messageId) =>
        "m-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(channel + "\n" + messageId)).AsSpan(0, Bytes));

    /// <summary>The id of the conversation that begins with an inbox row.</summary>
    public static string ConversationOf(string inboxId) => "c-" + (inboxId.StartsWith("m-", StringComparison.Ordinal) ? inboxId[2..] : inboxId);
}
