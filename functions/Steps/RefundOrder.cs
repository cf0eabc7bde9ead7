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

        /// <summary>
        /// Names the movement where two calls mean the same one: what a first call began and could not finish, a later one
        /// finishes. Null makes each call a movement of its own.
        /// </summary>
        public string? Move { get; init; }

        /// <summary><c>policy</c>, or who approved.</summary>
        public required string AllowedBy { get; init; }
    }

    [Function("refundOrder")]
    public Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var with = call.With;
        var key = with.Move ?? call.Key;
        return move.RunAsync(
            call, key, LedgerKind.Refund, with.Order, with.Amount, with.AllowedBy,
            async () => await shop.RefundAsync(with.Order.Id, with.Amount, with.Reason, key, ct) switch
            {
                { IsSuccess: true, Value.Id: var id } => id,
                { Failure: var failure } => failure!,
            },
            _ => $"refunded {with.Amount} for order {with.Order.Number}", ct);
    }
}
