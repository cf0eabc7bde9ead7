using System.Text.Json.Serialization;

namespace AutoFlow.Support.Tickets;

/// <summary>What a ticket asks of a person.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TicketType>))]
public enum TicketType
{
    /// <summary>Take the conversation over.</summary>
    HandOver,

    /// <summary>Allow or refuse money or goods that are over the limit.</summary>
    Approval,

    /// <summary>Follow a trace with the carrier.</summary>
    Trace,

    /// <summary>File a claim with the carrier.</summary>
    Claim,

    /// <summary>A workflow failed: look at it, and answer the customer.</summary>
    Fault,
}

[JsonConverter(typeof(JsonStringEnumConverter<TicketState>))]
public enum TicketState { Open, Approved, Refused, Closed }

[JsonConverter(typeof(JsonStringEnumConverter<TicketPriority>))]
public enum TicketPriority { Low, Normal, High, Urgent }

/// <summary>Work for a person of a department.</summary>
public sealed record Ticket
{
    /// <summary>For people, for example <c>T-1042</c>.</summary>
    public required string Number { get; init; }

    public required TicketType Type { get; init; }
    public required TicketState State { get; init; }
    public required TicketPriority Priority { get; init; }
    public required string Department { get; init; }
    public required string Subject { get; init; }
    public required string Summary { get; init; }
    public string? ConversationId { get; init; }

    /// <summary>The instance that opened it and, for <see cref="TicketType.Approval"/>, waits for the decision.</summary>
    public required string InstanceId { get; init; }

    public string? OrderNumber { get; init; }

    /// <summary>What is to be allowed, for approvals of money; null otherwise.</summary>
    public Money? Amount { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When it is due by the department's promise, UTC; null when the policy gives none.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>UTC; null while open.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    public string? DecidedBy { get; init; }
    public string? Note { get; init; }
}
