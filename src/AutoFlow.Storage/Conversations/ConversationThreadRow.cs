namespace AutoFlow.Storage.Conversations;

/// <summary>A thread of the channel belongs to one conversation.</summary>
internal sealed class ConversationThreadRow
{
    public required string Channel { get; init; }
    public required string ThreadId { get; init; }
    public required string ConversationId { get; init; }
}
