using AutoFlow.Support;
using AutoFlow.Support.Ledger;

namespace AutoFlow.Storage.Ledger;

/// <summary>Whether an amount may be set aside, given what the order has already; see <see cref="ILedger.ReserveAsync"/>.</summary>
internal static class ReserveRule
{
    /// <summary>
    /// Null when it may. Throws <see cref="ArgumentOutOfRangeException"/> for a negative amount, which would raise the
    /// ceiling for others, and <see cref="InvalidOperationException"/> when currencies differ.
    /// </summary>
    /// <param name="existing">The order's entries, whatever their state; not the one asked for.</param>
    public static Failure? Check(LedgerEntry entry, IReadOnlyList<LedgerEntry> existing, Money ceiling, bool oncePerOrder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(entry.Amount.Amount);
        var standing = existing.Where(other => other.State is LedgerState.Reserved or LedgerState.Settled).ToList();
        if (oncePerOrder && standing.Any(other => other.Kind == entry.Kind))
            return new Failure("already-compensated", $"The order already has a {Word(entry.Kind)}.");
        var total = standing.Aggregate(entry.Amount, (sum, other) => sum + other.Amount);
        return (total - ceiling).Amount > 0m
            ? new Failure("over-refund", $"{entry.Amount} and what is set aside already would be {total}, more than {ceiling} paid.")
            : null;
    }

    private static string Word(LedgerKind kind) => kind switch
    {
        LedgerKind.Refund => "refund",
        LedgerKind.Reship => "reship",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Unknown kind."),
    };
}
