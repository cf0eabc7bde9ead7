using System.Text.Json.Serialization;

namespace AutoFlow.Support.Ledger;

[JsonConverter(typeof(JsonStringEnumConverter<LedgerKind>))]
public enum LedgerKind { Refund, Reship }

[JsonConverter(typeof(JsonStringEnumConverter<LedgerState>))]
public enum LedgerState
{
    /// <summary>Money or goods set aside; the shop has not confirmed yet.</summary>
    Reserved,

    /// <summary>The shop confirmed.</summary>
    Settled,

    /// <summary>The shop refused; the amount is free again.</summary>
    Released,
}

/// <summary>One movement of money or goods for an order.</summary>
public sealed record LedgerEntry
{
    public required string Key { get; init; }
    public required string OrderNumber { get; init; }
    public required LedgerKind Kind { get; init; }

    /// <summary>The refund, or the value of the goods sent again.</summary>
    public required Money Amount { get; init; }

    public required LedgerState State { get; init; }
    public required string InstanceId { get; init; }

    /// <summary>Who allowed it: <c>policy</c>, or the person who approved.</summary>
    public required string AllowedBy { get; init; }

    /// <summary>UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The shop's id of the refund or of the new order; null until settled.</summary>
    public string? Reference { get; init; }
}

/// <summary>The only way that money moves.</summary>
public interface ILedger
{
    /// <summary>
    /// Sets an amount aside, once per key: a known key returns its entry unchanged. Fails with <c>over-refund</c> when the
    /// order's reserved and settled entries and this one are more than <paramref name="ceiling"/> (what was paid), and with
    /// <c>already-compensated</c> when another key has reserved or settled the same kind for the same order and
    /// <paramref name="oncePerOrder"/> is set. Checked and written in one transaction.
    /// </summary>
    Task<Result<LedgerEntry>> ReserveAsync(LedgerEntry entry, Money ceiling, bool oncePerOrder, CancellationToken ct);

    Task SettleAsync(string key, string reference, CancellationToken ct);

    Task ReleaseAsync(string key, string reason, CancellationToken ct);

    Task<IReadOnlyList<LedgerEntry>> ListAsync(string? orderNumber, CancellationToken ct);
}
