using AutoFlow.Support;
using AutoFlow.Support.Ledger;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>A ledger by the port's contract.</summary>
internal sealed class FakeLedger(Gate gate) : ILedger
{
    private readonly List<LedgerEntry> _entries = [];

    public IReadOnlyList<LedgerEntry> Entries => _entries;

    public void Add(LedgerEntry entry) => _entries.Add(entry);

    public async Task<Result<LedgerEntry>> ReserveAsync(LedgerEntry entry, Money ceiling, bool oncePerOrder, CancellationToken ct)
    {
        await gate.PassAsync("ledger.reserve");
        if (_entries.Find(one => one.Key == entry.Key) is { } known) return known;
        var live = _entries.FindAll(one => one.OrderNumber == entry.OrderNumber && one.State != LedgerState.Released);
        if (oncePerOrder && live.Exists(one => one.Kind == entry.Kind)) return new Failure("already-compensated", "Another step moved this before.");
        if (live.Sum(one => one.Amount.Amount) + entry.Amount.Amount > ceiling.Amount) return new Failure("over-refund", "More than was paid.");
        _entries.Add(entry);
        return entry;
    }

    public async Task SettleAsync(string key, string reference, CancellationToken ct)
    {
        await gate.PassAsync("ledger.settle");
        Change(key, entry => entry with { State = LedgerState.Settled, Reference = reference });
    }

    public async Task ReleaseAsync(string key, string reason, CancellationToken ct)
    {
        await gate.PassAsync("ledger.release");
        Change(key, entry => entry with { State = LedgerState.Released });
    }

    public async Task<IReadOnlyList<LedgerEntry>> ListAsync(string? orderNumber, CancellationToken ct)
    {
        await gate.PassAsync("ledger.list");
        return _entries.FindAll(entry => orderNumber is null || entry.OrderNumber == orderNumber);
    }

    private void Change(string key, Func<LedgerEntry, LedgerEntry> change)
    {
        var index = _entries.FindIndex(entry => entry.Key == key);
        _entries[index] = change(_entries[index]);
    }
}
