using System.Text.Json.Serialization;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Support.Messages;

/// <summary>Where a stored message stands on its way.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboxState>))]
public enum InboxState
{
    /// <summary>Stored; not yet understood.</summary>
    Received,

    /// <summary>Handed to a workflow: a new instance, or one that waited for it.</summary>
    Routed,

    /// <summary>An automatic mail, a list or spam: kept, never answered.</summary>
    Ignored,
}

/// <summary>A row of the inbox: the message, what was understood, and where it went.</summary>
public sealed record InboxEntry
{
    /// <summary>Deterministic: derived from channel and message id; safe in instance ids and URLs.</summary>
    public required string Id { get; init; }

    public required InboundMessage Message { get; init; }

    public required InboxState State { get; init; }

    /// <summary>When the row was stored, UTC.</summary>
    public required DateTimeOffset StoredAt { get; init; }

    /// <summary>Null until understood.</summary>
    public UnderstoodMessage? Understood { get; init; }

    /// <summary>Null until joined.</summary>
    public string? ConversationId { get; init; }

    /// <summary>The workflow instance that has it; null until routed, and for ignored messages.</summary>
    public string? InstanceId { get; init; }

    /// <summary>The workflow's name, or null.</summary>
    public string? Workflow { get; init; }

    /// <summary>Why it went there, in a few words without personal data.</summary>
    public string? Reason { get; init; }

    /// <summary>True when the message was given to an instance that waited, as an event.</summary>
    public bool AsEvent { get; init; }

    /// <summary>True once the instance that the row is marked for has the message.</summary>
    public bool HandedOver { get; init; }

    /// <summary>The message of the same burst that this one is read together with: that one's workflow has both. Null for a message of its own.</summary>
    public string? ReadWith { get; init; }
}
