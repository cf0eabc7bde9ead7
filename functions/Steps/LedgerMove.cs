using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Steps;

/// <summary>
/// The one path on which money or goods move: set aside in the ledger, asked of the shop with the same key, then settled.
/// A repeat of a settled move returns what happened; a repeat of an unfinished one asks the shop again with the key that it knows.
/// </summary>
public sealed class LedgerMove(ILedger ledger, StepJournal journal, TimeProvider time)
{
    /// <summary>A move that the shop confirmed.</summary>
    /// <param name="Amount">What moved.</param>
    /// <param name="Reference">The shop's id of it.</param>
    public sealed record Settled(Money Amount, string Reference);

    /// <param name="key">The movement's key in the ledger and at the shop.</param>
    /// <param name="ask">Asks the shop, with that key; returns the shop's reference.</param>
    /// <param name="story">What was done, for the journal; without personal data.</param>
    public async Task<StepOutcome> RunAsync<TWith>(
        StepCall<TWith> call, string key, LedgerKind kind, Order order, Money amount, string allowedBy,
        Func<Task<Result<string>>> ask, Func<string, string> story, CancellationToken ct)
    {
        var entry = new LedgerEntry
        {
            Key = key,
            OrderNumber = order.Number,
            Kind = kind,
            Amount = amount,
            State = LedgerState.Reserved,
            InstanceId = call.InstanceId,
            AllowedBy = allowedBy,
            CreatedAt = time.GetUtcNow(),
        };
        var reserved = await ledger.ReserveAsync(entry, order.Total, oncePerOrder: true, ct);
        if (!reserved.IsSuccess) return StepOutcome.Failed(reserved.Failure);

        // Refused before, and the process died before it could say so. Asking again could move money that the ledger counts as free.
        if (reserved.Value.State == LedgerState.Released)
            return StepOutcome.Failed(new Failure("refused-before", $"The shop refused this {kind} of {amount} before."));
        if (reserved.Value.Amount != amount)
            return StepOutcome.Failed(new Failure("amount-changed", $"{reserved.Value.Amount} is set aside for this, not {amount}."));

        var reference = reserved.Value.Reference;
        if (reserved.Value.State != LedgerState.Settled)
        {
            var asked = await ask();
            if (!asked.IsSuccess)
            {
                // A transient failure may have reached the shop: the reservation stays, and the retry asks with the same key.
                if (!asked.Failure.IsTransient) await ledger.ReleaseAsync(key, asked.Failure.Message, ct);
                return StepOutcome.Failed(asked.Failure);
            }

            reference = asked.Value;
            await ledger.SettleAsync(key, reference, ct);
        }

        await journal.DidAsync(call, story(reference!), ct);
        return StepOutcome.Of(new Settled(amount, reference!));
    }
}
