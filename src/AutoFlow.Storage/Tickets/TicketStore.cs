using System.Data.Common;
using System.Globalization;
using AutoFlow.Support;
using AutoFlow.Support.Tickets;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Tickets;

internal sealed class TicketStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : ITickets
{
    private const string Known = """
        SELECT number, type, state, priority, department, subject, summary, conversation_id, instance_id, order_number, amount, currency, opened_at, due_at,
          decided_at, decided_by, note
        FROM tickets WHERE idempotency_key = @key
        """;

    private const string Add = """
        INSERT INTO tickets (number, seq, idempotency_key, type, state, priority, department, subject, summary, conversation_id, instance_id, order_number,
          amount, currency, opened_at, due_at)
        VALUES (@number, @seq, @key, @type, 'Open', @priority, @department, @subject, @summary, @conversation, @instance, @order, @amount, @currency, @opened_at, @due_at)
        """;

    public Task<Ticket> OpenAsync(NewTicket ticket, string idempotencyKey, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Sql.FirstAsync(Known, Read, ct, ("@key", idempotencyKey)) is { } known)
                return known;
            var seq = await db.NextAsync("tickets", ct);
            var opened = new Ticket
            {
                Number = string.Create(CultureInfo.InvariantCulture, $"T-{seq}"),
                Type = ticket.Type,
                State = TicketState.Open,
                Priority = ticket.Priority,
                Department = ticket.Department,
                Subject = ticket.Subject,
                Summary = ticket.Summary,
                ConversationId = ticket.ConversationId,
                InstanceId = ticket.InstanceId,
                OrderNumber = ticket.OrderNumber,
                Amount = ticket.Amount,
                OpenedAt = clock.GetUtcNow(),
                DueAt = ticket.DueAt,
            };
            await db.Sql.ExecuteAsync(
                Add, ct,
                ("@number", opened.Number), ("@seq", seq), ("@key", idempotencyKey), ("@type", opened.Type), ("@priority", opened.Priority), ("@department", opened.Department),
                ("@subject", opened.Subject), ("@summary", opened.Summary), ("@conversation", opened.ConversationId), ("@instance", opened.InstanceId),
                ("@order", opened.OrderNumber), ("@amount", opened.Amount?.Amount), ("@currency", opened.Amount?.Currency), ("@opened_at", opened.OpenedAt), ("@due_at", opened.DueAt));
            return opened;
        },
        ct);

    public Task<Ticket?> FindAsync(string number, CancellationToken ct) => reader.ReadAsync(
        async db => (await db.Tickets.SingleOrDefaultAsync(row => row.Number == number, ct))?.ToTicket(), ct);

    public Task<Ticket?> DecideAsync(string number, bool approved, string by, string? note, CancellationToken ct) =>
        EndAsync(number, approved ? TicketState.Approved : TicketState.Refused, by, note, ct);

    public Task<Ticket?> CloseAsync(string number, string by, string? note, CancellationToken ct) =>
        EndAsync(number, TicketState.Closed, by, note, ct);

    public Task<IReadOnlyList<Ticket>> ListAsync(TicketState? state, string? department, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Ticket>>(
        async db =>
        {
            IQueryable<TicketRow> tickets = db.Tickets;
            if (state is { } wanted)
                tickets = tickets.Where(row => row.State == wanted);
            if (department is not null)
                tickets = tickets.Where(row => row.Department == department);
            return (await tickets.OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToTicket());
        },
        ct);

    public Task<IReadOnlyList<Ticket>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<Ticket>>(
        async db => (await db.Tickets.Where(row => instanceIds.Contains(row.InstanceId)).OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToTicket()), ct);

    private Task<Ticket?> EndAsync(string number, TicketState state, string by, string? note, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var ticket = await db.Tickets.SingleOrDefaultAsync(row => row.Number == number, ct);
            if (ticket is { State: TicketState.Open })
                (ticket.State, ticket.DecidedAt, ticket.DecidedBy, ticket.Note) = (state, clock.GetUtcNow(), by, note);
            return ticket?.ToTicket();
        },
        ct);

    private static Ticket Read(DbDataReader row) => new()
    {
        Number = row.GetString(0),
        Type = row.Name<TicketType>(1),
        State = row.Name<TicketState>(2),
        Priority = row.Name<TicketPriority>(3),
        Department = row.GetString(4),
        Subject = row.GetString(5),
        Summary = row.GetString(6),
        ConversationId = row.Text(7),
        InstanceId = row.GetString(8),
        OrderNumber = row.Text(9),
        Amount = row.Text(10) is { } amount && row.Text(11) is { } currency ? new Money(decimal.Parse(amount, NumberStyles.Number, CultureInfo.InvariantCulture), currency) : null,
        OpenedAt = row.Time(12),
        DueAt = row.TimeOrNull(13),
        DecidedAt = row.TimeOrNull(14),
        DecidedBy = row.Text(15),
        Note = row.Text(16),
    };
}
