using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Sends goods again, once: their value goes through the ledger like money.</summary>
public sealed class ReshipOrder(IShop shop, LedgerMove move)
{
    public sealed record With
    {
        public required Order Order { get; init; }

        /// <summary>Lines to send again; empty means all.</summary>
        public IReadOnlyList<string> ItemIds { get; init; } = [];

        /// <summary>The value of the goods.</summary>
        public required Money Amount { get; init; }

        /// <summary>
        /// Names the movement where two calls mean the same one: what a first call began and could not finish, a later one
        /// finishes. Null makes each call a movement of its own.
        /// </summary>
        public string? Move { get; init; }

        /// <summary><c>policy</c>, or who approved.</summary>
        public required string AllowedBy { get; init; }
    }

    [Function("reshipOrder")]
    public Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var with = call.With;
        var key = with.Move ?? call.Key;
        return move.RunAsync(
            call, key, LedgerKind.Reship, with.Order, with.Amount, with.AllowedBy,
            async () => await shop.ReshipAsync(with.Order.Id, with.ItemIds, key, ct) switch
            {
                { IsSuccess: true, Value.Number: var number } => number,
                { Failure: var failure } => failure!,
            },
            number => $"sent order {with.Order.Number} again as {number}", ct);
    }
}
