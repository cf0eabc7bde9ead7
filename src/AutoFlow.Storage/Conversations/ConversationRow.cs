using AutoFlow.Support.Conversations;

namespace AutoFlow.Storage.Conversations;

internal sealed class ConversationRow
{
    public required string Id { get; init; }
    public required long Seq { get; init; }
    public required string Channel { get; init; }
    public required string CustomerAddress { get; init; }
    public string? CustomerName { get; set; }
    public string? Language { get; set; }
    public string? Subject { get; set; }
    public string? OpenInstanceId { get; set; }
    public string? LastMessageId { get; set; }

    /// <summary>When the channel received the newest message, UTC.</summary>
    public required DateTimeOffset LastMessageAt { get; set; }

    public Conversation ToConversation() => new()
    {
        Id = Id,
        Channel = Channel,
        CustomerAddress = CustomerAddress,
        CustomerName = CustomerName,
        Language = Language,
        Subject = Subject,
        OpenInstanceId = OpenInstanceId,
        LastMessageId = LastMessageId,
    };
}
