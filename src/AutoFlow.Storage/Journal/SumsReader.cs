using AutoFlow.Support;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Tickets;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Journal;

internal sealed class SumsReader(SupportReader reader) : ISums
{
    /// <summary>Not as a condition on each row: without statistics SQLite goes through all sent replies for each of them.</summary>
    private const string Answered = "SELECT COUNT(*) FROM inbox WHERE instance_id IN (SELECT instance_id FROM outbox WHERE state = 'Sent' AND NOT proactive)";

    public Task<Sums> ReadAsync(CancellationToken ct) => reader.ReadAsync(
        async db =>
        {
            var replies = await db.Outbox
                .GroupBy(row => new { row.State, row.Proactive })
                .Select(group => new { group.Key.State, group.Key.Proactive, Count = group.Count() })
                .ToListAsync(ct);
            var refunds = await db.Ledger
                .Where(row => row.Kind == LedgerKind.Refund && row.State == LedgerState.Settled)
                .Select(row => new { row.Currency, row.Amount })
                .ToListAsync(ct);
            var tickets = await db.Tickets
                .Where(row => row.State == TicketState.Open)
                .GroupBy(row => row.Department)
                .Select(group => new { Department = group.Key, Count = group.Count() })
                .ToListAsync(ct);
            return new Sums
            {
                Messages = await db.Inbox.CountAsync(ct),
                Answered = (int)await db.Sql.FirstAsync(Answered, static row => row.GetInt64(0), ct),
                Ignored = await db.Inbox.CountAsync(row => row.State == InboxState.Ignored, ct),
                Sent = replies.Where(reply => reply.State == OutboxState.Sent).Sum(reply => reply.Count),
                Proactive = replies.Where(reply => reply is { State: OutboxState.Sent, Proactive: true }).Sum(reply => reply.Count),
                Held = replies.Where(reply => reply.State == OutboxState.Held).Sum(reply => reply.Count),
                Failed = replies.Where(reply => reply.State == OutboxState.Failed).Sum(reply => reply.Count),
                OpenTickets = new SortedDictionary<string, int>(tickets.ToDictionary(one => one.Department, one => one.Count), StringComparer.Ordinal),
                // Added here: SQLite keeps exact decimals as text and cannot add them.
                Refunded = [.. refunds.GroupBy(refund => refund.Currency, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                    .Select(group => new Money(group.Sum(refund => refund.Amount), group.Key))],
                Reshipped = await db.Ledger.CountAsync(row => row.Kind == LedgerKind.Reship && row.State == LedgerState.Settled, ct),
            };
        },
        ct);
}
