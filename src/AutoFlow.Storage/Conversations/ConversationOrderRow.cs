namespace AutoFlow.Storage.Conversations;

/// <summary>A conversation named an order.</summary>
internal sealed class ConversationOrderRow
{
    public required string ConversationId { get; init; }
    public required string OrderNumber { get; init; }
}
