using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Decisions;

/// <summary>Which order a message is about. Somebody else's order is never shown, and its existence neither.</summary>
public sealed record OrderMatch
{
    /// <summary><c>found</c>, <c>candidates</c>, <c>not-found</c> or <c>not-theirs</c>. The last two tell the customer the same.</summary>
    public required string Action { get; init; }

    public required string Reason { get; init; }

    /// <summary>Set for <c>found</c> only.</summary>
    public Order? Order { get; init; }

    /// <summary>The orders to choose from, newest first; only for <c>candidates</c>.</summary>
    public IReadOnlyList<Order> Candidates { get; init; } = [];

    /// <summary>Numbers of <see cref="Candidates"/>, as offered to the customer.</summary>
    public IReadOnlyList<string> Choices => [.. Candidates.Select(order => order.Number)];

    /// <summary>The question to ask; empty for <c>found</c>.</summary>
    public IReadOnlyList<Paragraph> Paragraphs { get; init; } = [];

    /// <param name="namedNumber">The order number in the message; null when none.</param>
    /// <param name="byNumber">The shop's order with that number; null when there is none.</param>
    /// <param name="openOrders">The sender's own open orders (<see cref="Open"/>).</param>
    /// <param name="trackingNumbers">Tracking numbers in the message.</param>
    /// <param name="customerEmail">The address that the message came from.</param>
    public static OrderMatch Decide(
        string? namedNumber, Order? byNumber, IReadOnlyList<Order> openOrders, IReadOnlyList<string> trackingNumbers, string customerEmail)
    {
        if (namedNumber is not null)
        {
            if (byNumber is not null && IsTheirs(byNumber, customerEmail)) return Found(byNumber, "by its number");
            return byNumber is null
                ? new OrderMatch { Action = "not-found", Reason = "there is no order with that number", Paragraphs = [NotFound(namedNumber)] }
                : new OrderMatch { Action = "not-theirs", Reason = "the order was placed with another address", Paragraphs = [NotFound(namedNumber)] };
        }

        var theirs = openOrders.Where(order => IsTheirs(order, customerEmail)).OrderByDescending(order => order.PlacedAt).ToList();
        if (theirs.FirstOrDefault(order => order.Parcels.Any(parcel => trackingNumbers.Contains(parcel.TrackingNumber, StringComparer.OrdinalIgnoreCase))) is { } sent)
            return Found(sent, "by its tracking number");
        return theirs switch
        {
            [var only] => Found(only, "the customer's only open order"),
            [] => new OrderMatch { Action = "not-found", Reason = "no number, and no open order of this address", Paragraphs = [Paragraph.Of("ask-order-number")] },
            _ => new OrderMatch { Action = "candidates", Reason = $"{theirs.Count} open orders", Candidates = theirs, Paragraphs = [Paragraph.Of("which-order"), .. theirs.Select(Line)] },
        };
    }

    /// <summary>Orders that a customer without a number may mean: not cancelled, not refunded, and not older than the policy says.</summary>
    public static IReadOnlyList<Order> Open(IEnumerable<Order> orders, DeliveryPolicy policy, DateTimeOffset now) =>
        [.. orders.Where(order => order.CancelledAt is null
            && order.Financial is not (FinancialStatus.Refunded or FinancialStatus.Voided)
            && now - order.PlacedAt <= policy.OpenOrderWithin)];

    private static OrderMatch Found(Order order, string reason) => new() { Action = "found", Reason = reason, Order = order };

    private static bool IsTheirs(Order order, string email) =>
        order.CustomerEmail.Trim().Length > 0 && string.Equals(order.CustomerEmail.Trim(), email.Trim(), StringComparison.OrdinalIgnoreCase);

    private static Paragraph NotFound(string number) => Paragraph.Of("order-not-found", ("order", ReplyValue.Of(number)));

    private static Paragraph Line(Order order) => Paragraph.Of("order-line",
        ("order", ReplyValue.Of(order.Number)), ("placed", ReplyValue.Of(order.PlacedAt)), ("items", ReplyValue.Of([.. order.Items.Select(item => item.Title)])));
}
