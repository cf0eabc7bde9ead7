using AutoFlow.Support.Outbox;

namespace AutoFlow.Storage.Outbox;

internal sealed class OutboxRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required OutboxState State { get; set; }
    public required string ConversationId { get; init; }
    public required string InstanceId { get; init; }
    public required string Channel { get; init; }
    public required string To { get; init; }
    public string? InReplyTo { get; init; }
    public required string Subject { get; init; }
    public required string Text { get; set; }
    public required string Paragraphs { get; init; }
    public required string Language { get; init; }
    public string? HeldBecause { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? SentAt { get; set; }
    public required int Attempts { get; set; }
    public string? Receipt { get; set; }
    public string? Error { get; set; }
    public required bool Proactive { get; init; }
    public string? TraceParent { get; init; }

    /// <summary>Who has the turn to send it, with <see cref="LeasedUntil"/> (UTC).</summary>
    public string? LeaseOwner { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    /// <summary>Turns whose owner was never heard of again.</summary>
    public int LostTurns { get; set; }

    public static OutboxRow From(OutboxEntry entry, long seq) => new()
    {
        Key = entry.Key,
        Seq = seq,
        State = entry.State,
        ConversationId = entry.ConversationId,
        InstanceId = entry.InstanceId,
        Channel = entry.Channel,
        To = entry.To,
        InReplyTo = entry.InReplyTo,
        Subject = entry.Subject,
        Text = entry.Text,
        Paragraphs = entry.Paragraphs,
        Language = entry.Language,
        HeldBecause = entry.HeldBecause,
        CreatedAt = entry.CreatedAt,
        SentAt = entry.SentAt,
        Attempts = entry.Attempts,
        Receipt = entry.Receipt,
        Error = entry.Error,
        Proactive = entry.Proactive,
        TraceParent = entry.TraceParent,
    };

    public OutboxEntry ToEntry() => new()
    {
        Key = Key,
        State = State,
        ConversationId = ConversationId,
        InstanceId = InstanceId,
        Channel = Channel,
        To = To,
        InReplyTo = InReplyTo,
        Subject = Subject,
        Text = Text,
        Paragraphs = Paragraphs,
        Language = Language,
        HeldBecause = HeldBecause,
        CreatedAt = CreatedAt,
        SentAt = SentAt,
        Attempts = Attempts,
        Receipt = Receipt,
        Error = Error,
        Proactive = Proactive,
        TraceParent = TraceParent,
    };
}
