using AutoFlow.Support.Tickets;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Tickets;

internal sealed class TicketStore(SupportWriter writer, SupportReader reader, TimeProvider clock) : ITickets
{
    public Task<Ticket> OpenAsync(NewTicket ticket, string idempotencyKey, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            if (await db.Tickets.SingleOrDefaultAsync(row => row.IdempotencyKey == idempotencyKey, ct) is { } known)
                return known.ToTicket();
            var seq = await db.NextAsync("tickets", ct);
            var opened = new TicketRow
            {
                Number = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"T-{seq}"),
                Seq = seq,
                IdempotencyKey = idempotencyKey,
                Type = ticket.Type,
                State = TicketState.Open,
                Priority = ticket.Priority,
                Department = ticket.Department,
                Subject = ticket.Subject,
                Summary = ticket.Summary,
                ConversationId = ticket.ConversationId,
                InstanceId = ticket.InstanceId,
                OrderNumber = ticket.OrderNumber,
                Amount = ticket.Amount?.Amount,
                Currency = ticket.Amount?.Currency,
                OpenedAt = clock.GetUtcNow(),
                DueAt = ticket.DueAt,
            };
            db.Add(opened);
            return opened.ToTicket();
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
}
