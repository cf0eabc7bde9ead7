namespace AutoFlow.Support.Tickets;

/// <summary>A ticket to open; the store gives it its number and time.</summary>
public sealed record NewTicket
{
    public required TicketType Type { get; init; }
    public required TicketPriority Priority { get; init; }
    public required string Department { get; init; }
    public required string Subject { get; init; }
    public required string Summary { get; init; }
    public string? ConversationId { get; init; }
    public required string InstanceId { get; init; }
    public string? OrderNumber { get; init; }
    public Money? Amount { get; init; }

    /// <summary>UTC; null when the policy gives none.</summary>
    public DateTimeOffset? DueAt { get; init; }
}

public interface ITickets
{
    /// <summary>Opens a ticket once per key: the same key returns the ticket opened first.</summary>
    Task<Ticket> OpenAsync(NewTicket ticket, string idempotencyKey, CancellationToken ct);

    Task<Ticket?> FindAsync(string number, CancellationToken ct);

    /// <summary>Decides an open ticket. A second decision changes nothing: the ticket as decided first is returned. Null when unknown.</summary>
    Task<Ticket?> DecideAsync(string number, bool approved, string by, string? note, CancellationToken ct);

    /// <summary>Closes a ticket that needs no decision. Null when unknown.</summary>
    Task<Ticket?> CloseAsync(string number, string by, string? note, CancellationToken ct);

    /// <summary>Tickets that any of these instances opened, oldest first.</summary>
    Task<IReadOnlyList<Ticket>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct);

    /// <summary>By time opened, oldest first; null filters nothing.</summary>
    Task<IReadOnlyList<Ticket>> ListAsync(TicketState? state, string? department, CancellationToken ct);
}
