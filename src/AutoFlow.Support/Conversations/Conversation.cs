namespace AutoFlow.Support.Conversations;

/// <summary>Messages with one customer about one matter.</summary>
public sealed record Conversation
{
    public required string Id { get; init; }

    public required string Channel { get; init; }

    /// <summary>The customer's address, lower case.</summary>
    public required string CustomerAddress { get; init; }

    public string? CustomerName { get; init; }

    /// <summary>ISO 639-1, of the last message understood; null before.</summary>
    public string? Language { get; init; }

    public string? Subject { get; init; }

    /// <summary>The running workflow instance that has the conversation; null when none.</summary>
    public string? OpenInstanceId { get; init; }

    /// <summary>The channel's id of the newest inbound message: what a reply answers.</summary>
    public string? LastMessageId { get; init; }
}
