namespace AutoFlow.EndToEnd.Tests.App;

/// <summary>What the API tells of everything, at one moment of rest.</summary>
public sealed record Books(IReadOnlyList<Story> Stories, IReadOnlyList<Reply> Replies, IReadOnlyList<Ticket> Tickets, IReadOnlyList<LedgerLine> Ledger);

/// <summary>A row of <c>GET /api/inbox</c>.</summary>
public sealed record Story
{
    public required string Id { get; init; }
    public required string MessageId { get; init; }
    public required string State { get; init; }
    public string? Language { get; init; }
    public string? Intent { get; init; }
    public bool Abstained { get; init; }
    public string? Workflow { get; init; }
    public string? InstanceId { get; init; }
    public string? ConversationId { get; init; }
    public bool AsEvent { get; init; }
    public IReadOnlyList<StoryReply> Replies { get; init; } = [];
    public IReadOnlyList<string> Tickets { get; init; } = [];
    public IReadOnlyList<string> WaitsFor { get; init; } = [];
    public required bool Settled { get; init; }
}

/// <summary>A reply in a story.</summary>
public sealed record StoryReply(
    string Key, string State, bool Proactive, string Text, string? HeldBecause, string? InReplyTo, IReadOnlyList<string> Paragraphs, DateTimeOffset CreatedAt);

/// <summary>A row of <c>GET /api/replies</c>.</summary>
public sealed record Reply(
    string Key, string State, string InstanceId, string ConversationId, string? InReplyTo, string Text, string Paragraphs, bool Proactive, string? Receipt);

/// <summary>A row of <c>GET /api/tickets</c>.</summary>
public sealed record Ticket(
    string Number, string Type, string State, string Department, string Subject, string Summary, string InstanceId, string? OrderNumber, DateTimeOffset OpenedAt);

/// <summary>A row of <c>GET /api/ledger</c>.</summary>
public sealed record LedgerLine(string Key, string OrderNumber, string Kind, string State, string InstanceId, DateTimeOffset CreatedAt);
