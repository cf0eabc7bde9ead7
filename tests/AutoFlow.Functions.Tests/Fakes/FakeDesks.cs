using AutoFlow.Support.Journal;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Tickets;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>An outbox that keeps entries by key.</summary>
internal sealed class FakeOutbox(Gate gate, FakeTime time) : IOutbox
{
    private readonly Dictionary<string, OutboxEntry> _entries = [];
    private readonly Dictionary<string, (string Owner, DateTimeOffset Until)> _turns = [];

    public IReadOnlyCollection<OutboxEntry> Entries => _entries.Values;

    public async Task<OutboxEntry> AddAsync(OutboxEntry entry, CancellationToken ct)
    {
        await gate.PassAsync("outbox.add");
        _entries.TryAdd(entry.Key, entry);
        return _entries[entry.Key];
    }

    public Task<OutboxEntry?> FindAsync(string key, CancellationToken ct) => Task.FromResult(_entries.GetValueOrDefault(key));

    public async Task<OutboxTurn> TakeTurnAsync(string key, string owner, DateTimeOffset until, CancellationToken ct)
    {
        await gate.PassAsync("outbox.turn");
        if (_entries.GetValueOrDefault(key) is not { State: OutboxState.Pending } entry) return new OutboxTurn.Over();
        if (_turns.TryGetValue(key, out var turn) && turn.Until > time.Now) return new OutboxTurn.Taken(turn.Until);
        _turns[key] = (owner, until);
        return new OutboxTurn.Ours(entry);
    }

    public Task EndTurnAsync(string key, string owner, CancellationToken ct)
    {
        if (_turns.GetValueOrDefault(key).Owner == owner) _turns.Remove(key);
        return Task.CompletedTask;
    }

    public async Task<bool> KeepReceiptAsync(string key, string owner, string receipt, CancellationToken ct)
    {
        if (_turns.GetValueOrDefault(key).Owner != owner) return false;
        await ChangeAsync(key, entry => entry with { Receipt = receipt });
        return true;
    }

    public Task SentAsync(string key, string? receipt, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return ChangeAsync(key, entry => entry with { State = OutboxState.Sent, Receipt = receipt });
    }

    public async Task FailedAsync(string key, string owner, string error, bool giveUp, CancellationToken ct)
    {
        if (_turns.GetValueOrDefault(key).Owner != owner) return;
        await ChangeAsync(key, entry => entry with { State = giveUp ? OutboxState.Failed : entry.State, Error = error, Attempts = entry.Attempts + 1 });
        await EndTurnAsync(key, owner, ct);
    }

    public Task<OutboxEntry?> ReleaseAsync(string key, string? editedText, CancellationToken ct) => throw new NotSupportedException();

    public Task<OutboxEntry?> DiscardAsync(string key, string reason, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEntry>> ListAsync(OutboxState? state, int skip, int take, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEntry>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEntry>> FollowUpsAsync(IReadOnlyCollection<string> conversationIds, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<OutboxEntry>> PendingAsync(DateTimeOffset createdBefore, int limit, CancellationToken ct) => throw new NotSupportedException();

    private Task ChangeAsync(string key, Func<OutboxEntry, OutboxEntry> change)
    {
        _entries[key] = change(_entries[key]);
        return Task.CompletedTask;
    }
}

/// <summary>A ticket store by key and number.</summary>
internal sealed class FakeTickets(Gate gate, FakeTime time) : ITickets
{
    private readonly List<(string Key, Ticket Ticket)> _tickets = [];

    public IReadOnlyList<Ticket> All => _tickets.ConvertAll(one => one.Ticket);

    public async Task<Ticket> OpenAsync(NewTicket ticket, string idempotencyKey, CancellationToken ct)
    {
        await gate.PassAsync("tickets.open");
        return Add(ticket, idempotencyKey);
    }

    public Ticket Add(NewTicket ticket, string idempotencyKey = "given")
    {
        if (_tickets.Find(one => one.Key == idempotencyKey) is { Ticket: { } known }) return known;
        var opened = new Ticket
        {
            Number = $"T-{_tickets.Count + 1}",
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
            OpenedAt = time.Now,
            DueAt = ticket.DueAt,
        };
        _tickets.Add((idempotencyKey, opened));
        return opened;
    }

    public Task<Ticket?> FindAsync(string number, CancellationToken ct) => Task.FromResult(All.FirstOrDefault(ticket => ticket.Number == number));

    public Task<Ticket?> DecideAsync(string number, bool approved, string by, string? note, CancellationToken ct) =>
        Task.FromResult<Ticket?>(Decide(number, approved, by, note));

    public Ticket Decide(string number, bool approved, string by, string? note = null)
    {
        var index = _tickets.FindIndex(one => one.Ticket.Number == number);
        var state = approved ? TicketState.Approved : TicketState.Refused;
        _tickets[index] = (_tickets[index].Key, _tickets[index].Ticket with { State = state, DecidedBy = by, DecidedAt = time.Now, Note = note });
        return _tickets[index].Ticket;
    }

    public Task<Ticket?> CloseAsync(string number, string by, string? note, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Ticket>> ByInstanceAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) => throw new NotSupportedException();

    public Task<IReadOnlyList<Ticket>> ListAsync(TicketState? state, string? department, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>A journal by key.</summary>
internal sealed class FakeJournal(Gate gate) : IJournal
{
    private readonly Dictionary<string, JournalLine> _lines = [];

    public IReadOnlyCollection<JournalLine> Lines => _lines.Values;

    public async Task WriteAsync(JournalLine line, CancellationToken ct)
    {
        await gate.PassAsync("journal.write");
        _lines.TryAdd(line.Key, line);
    }

    public Task<IReadOnlyList<JournalLine>> ReadAsync(IReadOnlyCollection<string> instanceIds, CancellationToken ct) =>
        Task.FromResult<IReadOnlyList<JournalLine>>([.. _lines.Values.Where(line => instanceIds.Contains(line.InstanceId))]);
}
