using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage.Ledger;

internal sealed class LedgerStore(SupportWriter writer, SupportReader reader) : ILedger
{
    public Task<Result<LedgerEntry>> ReserveAsync(LedgerEntry entry, Money ceiling, bool oncePerOrder, CancellationToken ct) => writer.WriteAsync<Result<LedgerEntry>>(
        async db =>
        {
            await db.AloneAsync("ledger", entry.OrderNumber, ct);
            if (await db.Ledger.SingleOrDefaultAsync(row => row.Key == entry.Key, ct) is { } known)
                return known.ToEntry();
            var existing = await db.Ledger.AsNoTracking().Where(row => row.OrderNumber == entry.OrderNumber).ToListAsync(ct);
            if (ReserveRule.Check(entry, existing.ConvertAll(row => row.ToEntry()), ceiling, oncePerOrder) is { } failure)
                return failure;
            var reserved = LedgerRow.Reserve(entry, await db.NextAsync("ledger", ct));
            db.Add(reserved);
            return reserved.ToEntry();
        },
        ct);

    /// <summary>Settling twice changes nothing. Throws <see cref="InvalidOperationException"/> for an unknown or a released entry: money that is free again was given to nobody.</summary>
    public Task SettleAsync(string key, string reference, CancellationToken ct) => EndAsync(
        key, LedgerState.Settled, row => row.Reference = reference, ct);

    /// <summary>Releasing twice changes nothing. Throws <see cref="InvalidOperationException"/> for an unknown or a settled entry: that money is gone.</summary>
    public Task ReleaseAsync(string key, string reason, CancellationToken ct) => EndAsync(
        key, LedgerState.Released, row => row.ReleasedBecause = reason, ct);

    public Task<IReadOnlyList<LedgerEntry>> ListAsync(string? orderNumber, CancellationToken ct) => reader.ReadAsync<IReadOnlyList<LedgerEntry>>(
        async db => (await (orderNumber is null ? db.Ledger : db.Ledger.Where(row => row.OrderNumber == orderNumber))
            .OrderBy(row => row.Seq).ToListAsync(ct)).ConvertAll(row => row.ToEntry()),
        ct);

    private Task EndAsync(string key, LedgerState state, Action<LedgerRow> note, CancellationToken ct) => writer.WriteAsync(
        async db =>
        {
            var row = await db.Ledger.SingleOrDefaultAsync(row => row.Key == key, ct)
                ?? throw new InvalidOperationException($"There is no ledger entry {key}.");
            if (row.State == state)
                return;
            if (row.State != LedgerState.Reserved)
                throw new InvalidOperationException($"Ledger entry {key} is {row.State} and cannot become {state}.");
            row.State = state;
            note(row);
        },
        ct);
}
