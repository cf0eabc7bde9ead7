using AutoFlow.Support.Messages;

namespace AutoFlow.Support.Conversations;

/// <summary>Joins messages into conversations and knows which instance has one.</summary>
public interface IConversations
{
    /// <summary>
    /// The conversation of a message: the one with its thread id, else the one that holds the message it replies to,
    /// else a newer than <paramref name="sameMatterSince"/> one of the same sender that names one of
    /// <paramref name="orderNumbers"/>, else, for a message that is no reply, one of the same sender with a message within
    /// <paramref name="burst"/> of this one (unless both name orders), else a new one with a deterministic id. Calling it again for the
    /// same message gives the same.
    /// </summary>
    /// <param name="burst">Zero for a message that belongs to no burst.</param>
    Task<Conversation> JoinAsync(string inboxId, InboundMessage message, string language, IReadOnlyList<string> orderNumbers, DateTimeOffset sameMatterSince, TimeSpan burst, CancellationToken ct);

    Task<Conversation?> FindAsync(string conversationId, CancellationToken ct);

    /// <summary>Gives the conversation to an instance unless another one has it; returns the instance that has it now.</summary>
    Task<string> ClaimAsync(string conversationId, string instanceId, CancellationToken ct);

    /// <summary>Frees the conversation if <paramref name="instanceId"/> has it.</summary>
    Task ReleaseAsync(string conversationId, string instanceId, CancellationToken ct);
}
