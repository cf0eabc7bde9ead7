using AutoFlow.Support.Orders;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Cancels an order in the shop, once. An order that has shipped in the meantime is refused as data.</summary>
public sealed class CancelOrder(IShop shop, StepJournal journal)
{
    public sealed record With
    {
        public required Order Order { get; init; }

        /// <summary>A short reason for the shop's books.</summary>
        public required string Reason { get; init; }
    }

    [Function("cancelOrder")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var cancelled = await shop.CancelAsync(call.With.Order.Id, call.With.Reason, call.Key, ct);
        if (cancelled.IsSuccess) await journal.DidAsync(call, $"cancelled order {call.With.Order.Number}", ct);
        return StepOutcome.From(cancelled);
    }
}
