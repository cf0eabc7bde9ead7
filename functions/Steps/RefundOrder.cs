using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Pays money back, once, through the ledger.</summary>
public sealed class RefundOrder(IShop shop, LedgerMove move)
{
    public sealed record With
    {
        public required Order Order { get; init; }
        public required Money Amount { get; init; }

        /// <summary>A short reason for the shop's books.</summary>
        public required string Reason { get; init; }

        /// <summary><c>policy</c>, or who approved.</summary>
        public required string AllowedBy { get; init; }
    }

    [Function("refundOrder")]
    public Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var with = call.With;
        return move.RunAsync(
            call, LedgerKind.Refund, with.Order, with.Amount, with.AllowedBy,
            async () => await shop.RefundAsync(with.Order.Id, with.Amount, with.Reason, call.Key, ct) switch
            {
                { IsSuccess: true, Value.Id: var id } => id,
                { Failure: var failure } => failure!,
            },
            _ => $"refunded {with.Amount} for order {with.Order.Number}", ct);
    }
}
