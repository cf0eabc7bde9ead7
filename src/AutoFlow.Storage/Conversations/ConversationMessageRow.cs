namespace AutoFlow.Storage.Conversations;

/// <summary>A message was joined to a conversation; joining it again gives the same one.</summary>
internal sealed class ConversationMessageRow
{
    public required string InboxId { get; init; }
    public required string Channel { get; init; }

    /// <summary>The channel's id without angle brackets, as <see cref="ReplyReferences"/> writes it.</summary>
    public required string MessageId { get; init; }

    public required string ConversationId { get; init; }
}
