using System.Text.Json.Serialization;

namespace AutoFlow.Support.Outbox;

[JsonConverter(typeof(JsonStringEnumConverter<OutboxState>))]
public enum OutboxState
{
    /// <summary>A draft that a person looks at before it goes.</summary>
    Held,

    /// <summary>To be sent.</summary>
    Pending,

    /// <summary>Sent; <see cref="OutboxEntry.Receipt"/> says how.</summary>
    Sent,

    /// <summary>Given up after the last try, or discarded by a person; <see cref="OutboxEntry.Error"/> says why.</summary>
    Failed,
}

/// <summary>A reply on its way out. One per idempotency key.</summary>
public sealed record OutboxEntry
{
    /// <summary>The idempotency key: instance id and the key of the step's call.</summary>
    public required string Key { get; init; }

    public required OutboxState State { get; init; }
    public required string ConversationId { get; init; }
    public required string InstanceId { get; init; }
    public required string Channel { get; init; }

    /// <summary>The customer's address.</summary>
    public required string To { get; init; }

    /// <summary>The channel's id of the message answered; null for a proactive message.</summary>
    public string? InReplyTo { get; init; }

    public required string Subject { get; init; }
    public required string Text { get; init; }

    /// <summary>
    /// The names of the paragraphs said, in order, separated by spaces: what the reply tells, whatever its language and
    /// whatever a person makes of its text later.
    /// </summary>
    public string Paragraphs { get; init; } = "";


    /// <summary>ISO 639-1.</summary>
    public required string Language { get; init; }

    /// <summary>Why it is held; null when it is not.</summary>
    public string? HeldBecause { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>UTC; null until sent.</summary>
    public DateTimeOffset? SentAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>What the channel returned, for example the id of Graph's draft; also kept between two-step sends.</summary>
    public string? Receipt { get; init; }

    public string? Error { get; init; }

    /// <summary>True when AutoFlow wrote first, without a question at hand (a follow-up).</summary>
    public bool Proactive { get; init; }

    /// <summary>The trace of the step that wrote it (W3C traceparent); null when nothing is traced.</summary>
    public string? TraceParent { get; init; }
}
