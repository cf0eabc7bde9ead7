using System.Text.Json.Serialization;

namespace AutoFlow.Support.Messages;

/// <summary>A customer's message as it came in, whatever the channel, before anything is cut or understood.</summary>
public sealed record InboundMessage
{
    /// <summary>The channel's own id of the message; with <see cref="Channel"/> it identifies the message, so a second delivery changes nothing.</summary>
    public required string Id { get; init; }

    /// <summary>The channel's name: <c>mail</c>, <c>chat</c>, …</summary>
    public required string Channel { get; init; }

    /// <summary>The sender's address in the channel (an e-mail address for mail), as given.</summary>
    public required string From { get; init; }

    /// <summary>The sender's display name, when the channel has one.</summary>
    public string? FromName { get; init; }

    /// <summary>The shop's address that the message was sent to.</summary>
    public string? To { get; init; }

    public string? Subject { get; init; }

    /// <summary>The body as plain text; empty when only <see cref="Html"/> came.</summary>
    public string Text { get; init; } = "";

    /// <summary>The body as HTML, when the channel gave one.</summary>
    public string? Html { get; init; }

    /// <summary>What the channel itself takes for new in the body, in the body's own form (Graph: uniqueBody); null when it does not say. Only a hint for cutting quotes.</summary>
    public string? Unique { get; init; }

    /// <summary>The channel's id of the thread (Graph: conversationId), when it has one.</summary>
    public string? ThreadId { get; init; }

    /// <summary>RFC 5322 Message-ID of the message answered, when there is one.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>When the channel received it, UTC.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Header fields that matter for automatic mail (Auto-Submitted, List-Id, …); names compare without case.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>How many files came with it (photos of damage, for example); their bytes are not kept here.</summary>
    public int AttachmentCount { get; init; }

    /// <summary>The trace that it came in with (W3C traceparent), kept in its row; null when nothing is traced.</summary>
    [JsonIgnore]
    public string? TraceParent { get; init; }
}
