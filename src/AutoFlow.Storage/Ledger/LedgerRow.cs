using AutoFlow.Support;
using AutoFlow.Support.Ledger;

namespace AutoFlow.Storage.Ledger;

internal sealed class LedgerRow
{
    public required string Key { get; init; }
    public required long Seq { get; init; }
    public required string OrderNumber { get; init; }
    public required LedgerKind Kind { get; init; }
    public required decimal Amount { get; init; }
    public required string Currency { get; init; }
    public required LedgerState State { get; set; }
    public required string InstanceId { get; init; }
    public required string AllowedBy { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public string? Reference { get; set; }
    public string? ReleasedBecause { get; set; }

    public static LedgerRow Reserve(LedgerEntry entry, long seq) => new()
    {
        Key = entry.Key,
        Seq = seq,
        OrderNumber = entry.OrderNumber,
        Kind = entry.Kind,
        Amount = entry.Amount.Amount,
        Currency = entry.Amount.Currency,
        State = LedgerState.Reserved,
        InstanceId = entry.InstanceId,
        AllowedBy = entry.AllowedBy,
        CreatedAt = entry.CreatedAt,
    };

    public LedgerEntry ToEntry() => new()
    {
        Key = Key,
        OrderNumber = OrderNumber,
        Kind = Kind,
        Amount = new Money(Amount, Currency),
        State = State,
        InstanceId = InstanceId,
        AllowedBy = AllowedBy,
        CreatedAt = CreatedAt,
        Reference = Reference,
    };
}
