using AutoFlow.Support;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Storage.Tickets;

internal sealed class TicketRow
{
    public required string Number { get; init; }
    public required long Seq { get; init; }
    public required string IdempotencyKey { get; init; }
    public required TicketType Type { get; init; }
    public required TicketState State { get; set; }
    public required TicketPriority Priority { get; init; }
    public required string Department { get; init; }
    public required string Subject { get; init; }
    public required string Summary { get; init; }
    public string? ConversationId { get; init; }
    public required string InstanceId { get; init; }
    public string? OrderNumber { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public required DateTimeOffset OpenedAt { get; init; }
    public DateTimeOffset? DueAt { get; init; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? DecidedBy { get; set; }
    public string? Note { get; set; }

    public Ticket ToTicket() => new()
    {
        Number = Number,
        Type = Type,
        State = State,
        Priority = Priority,
        Department = Department,
        Subject = Subject,
        Summary = Summary,
        ConversationId = ConversationId,
        InstanceId = InstanceId,
        OrderNumber = OrderNumber,
        Amount = Amount is { } amount && Currency is { } currency ? new Money(amount, currency) : null,
        OpenedAt = OpenedAt,
        DueAt = DueAt,
        DecidedAt = DecidedAt,
        DecidedBy = DecidedBy,
        Note = Note,
    };
}
