using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.Functions.Steps;

/// <summary>Finds the order that a customer means: by number, by tracking number, else by the customer's open orders.</summary>
public sealed class FindOrder(IShop shop, PolicyBook policies, StepJournal journal, TimeProvider time)
{
    /// <summary>How many of a customer's orders are looked at.</summary>
    private const int OrdersLookedAt = 50;

    /// <summary>How many of the numbers named in a message are looked up: a list of hundreds is no question.</summary>
    private const int NumbersLookedUp = 5;

    public sealed record With
    {
        /// <summary>Order numbers named in the message, best first.</summary>
        public IReadOnlyList<string> OrderNumbers { get; init; } = [];

        /// <summary>Tracking numbers named in the message.</summary>
        public IReadOnlyList<string> TrackingNumbers { get; init; } = [];

        /// <summary>What the customer wrote: a bare number in it counts when it is the number of one of the customer's own orders.</summary>
        public string Text { get; init; } = "";

        /// <summary>The customer's address.</summary>
        public required string Customer { get; init; }
    }

    [Function("findOrder")]
    public async Task<StepOutcome> Run([ActivityTrigger] StepCall<With> call, CancellationToken ct)
    {
        var with = call.With;
        var theirs = await shop.FindByCustomerAsync(with.Customer, OrdersLookedAt, ct);
        if (!theirs.IsSuccess) return StepOutcome.Failed(theirs.Failure);
        var open = OrderMatch.Open(theirs.Value, policies.Delivery, time.GetUtcNow());

        OrderMatch? match = null;
        var named = with.OrderNumbers.Count > 0 ? with.OrderNumbers : OwnNumbers(with.Text, theirs.Value);
        foreach (var number in named.Take(NumbersLookedUp))
        {
            var found = await shop.FindByNumberAsync(number, ct);
            if (!found.IsSuccess) return StepOutcome.Failed(found.Failure);
            var one = OrderMatch.Decide(number, found.Value.Item, open, with.TrackingNumbers, with.Customer);
            // The first number decides what is said unless a later one is really theirs.
            if (match is null || one.Order is not null) match = one;
            if (match.Order is not null) break;
        }

        match ??= OrderMatch.Decide(null, null, open, with.TrackingNumbers, with.Customer);
        await journal.LookedUpAsync(call, match.Order is { } order ? $"order {order.Number}" : $"order: {match.Action}", ct);
        return StepOutcome.Of(match);
    }

    private static List<string> OwnNumbers(string text, IReadOnlyList<Order> theirs)
    {
        var words = text.Split([' ', '\n', '\r', '\t', ',', '.', ';', ':', '!', '?', '(', ')', '#', '/', '"', '\''], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        return [.. theirs.Select(order => order.Number).Where(words.Contains)];
    }
}
