using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Decisions;

/// <summary>Whether and how a customer is compensated. It only says so; the ledger moves the money.</summary>
public sealed record CompensationDecision
{
    /// <summary><c>refund</c>, <c>reship</c>, <c>needs-approval</c>, <c>already-compensated</c> or <c>refused</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What is given, or what a person is to approve.</summary>
    public required LedgerKind Kind { get; init; }

    /// <summary>The refund or the value of the goods; for a refund never more than was paid and not given back yet.</summary>
    public required Money Amount { get; init; }

    /// <summary>Lines to send again; empty for all of the order or for a refund.</summary>
    public required IReadOnlyList<string> ItemIds { get; init; }

    /// <summary>Why, for a person of the shop.</summary>
    public required string Reason { get; init; }

    /// <summary>What to tell the customer.</summary>
    public required Paragraph Paragraph { get; init; }

    /// <param name="affected">The lines concerned; null when it is not known which: a person decides, unless the order has one line.</param>
    /// <param name="preference">What the customer asks for; null when nothing.</param>
    /// <param name="ledger">The order's entries so far.</param>
    public static CompensationDecision Decide(
        CompensationCause cause, Order order, IReadOnlyList<OrderItem>? affected, LedgerKind? preference, CompensationPolicy policy, IReadOnlyList<LedgerEntry> ledger)
    {
        var given = ledger.Where(entry => entry.OrderNumber == order.Number && entry.State != LedgerState.Released && entry.Amount.Currency == order.Total.Currency).ToList();
        var lines = affected ?? (order.Items.Count == 1 ? order.Items : null);
        var value = lines is null || lines.Count == order.Items.Count ? order.Total : Affected.Value(lines, order.Total.Currency);
        var left = RefundLeft(order, given);
        var kind = preference ?? policy.Prefer.GetValueOrDefault(cause, LedgerKind.Refund);
        var amount = kind == LedgerKind.Refund && value.Amount > left.Amount ? left : value;
        var (action, reason) = Choose(order, lines, kind, amount, left, policy, given);
        return new CompensationDecision
        {
            Action = action,
            Kind = kind,
            Amount = amount,
            ItemIds = kind == LedgerKind.Reship && lines is not null && lines.Count < order.Items.Count ? [.. lines.Select(item => item.Id)] : [],
            Reason = reason,
            Paragraph = Say(action, kind, order, amount, given),
        };
    }

    /// <summary>What was paid and is neither refunded nor set aside for a refund; zero when nothing was paid.</summary>
    public static Money RefundLeft(Order order, IReadOnlyList<LedgerEntry> given)
    {
        if (order.Financial is FinancialStatus.Pending or FinancialStatus.Authorized or FinancialStatus.Voided) return Money.Zero(order.Total.Currency);
        // The shop's sum holds what is settled; whichever of the two records is ahead counts.
        var refunds = given.Where(entry => entry.Kind == LedgerKind.Refund).ToList();
        var settled = refunds.Where(entry => entry.State == LedgerState.Settled).Sum(entry => entry.Amount.Amount);
        var reserved = refunds.Where(entry => entry.State == LedgerState.Reserved).Sum(entry => entry.Amount.Amount);
        return order.Total with { Amount = Math.Max(0, order.Total.Amount - Math.Max(order.Refunded.Amount, settled) - reserved) };
    }

    private static (string Action, string Reason) Choose(
        Order order, IReadOnlyList<OrderItem>? lines, LedgerKind kind, Money amount, Money left, CompensationPolicy policy, List<LedgerEntry> given)
    {
        if (policy.OncePerOrder && (given.Count > 0 || order.Refunded.Amount > 0)) return ("already-compensated", "this order has been compensated before");
        if (order.Financial is FinancialStatus.Refunded || (order.Refunded.Amount > 0 && left.Amount <= 0))
            return ("already-compensated", "everything that was paid is refunded");
        if (left.Amount <= 0) return given.Count > 0 ? ("already-compensated", "everything that was paid is set aside") : ("refused", "the order is not paid");
        if (order.CancelledAt is not null && kind == LedgerKind.Reship) return ("needs-approval", "the order is cancelled");
        if (lines is null) return ("needs-approval", "it is not known which items are concerned");
        if (lines.Count == 0 || amount.Amount <= 0) return ("needs-approval", "the items have no value to go by");
        if (!policy.ApprovalAbove.Cover(order.Total)) return ("needs-approval", $"order total {order.Total} is above the policy's");
        var before = given.Where(entry => entry.Kind == kind).Aggregate(Money.Zero(amount.Currency), (sum, entry) => sum + entry.Amount);
        if (kind == LedgerKind.Refund && order.Refunded.Amount > before.Amount) before = order.Refunded;
        var limit = kind == LedgerKind.Refund ? policy.AutomaticRefund : policy.AutomaticReship;
        if (!limit.Cover(before + amount)) return ("needs-approval", $"{before + amount} is above the automatic limit");
        return kind == LedgerKind.Refund ? ("refund", "within the limit") : ("reship", "within the limit");
    }

    private static Paragraph Say(string action, LedgerKind kind, Order order, Money amount, List<LedgerEntry> given)
    {
        var number = ("order", ReplyValue.Of(order.Number));
        return action switch
        {
            "refund" => Paragraph.Of("refund", number, ("amount", ReplyValue.Of(amount))),
            "reship" => Paragraph.Of("reship", number),
            "needs-approval" => Paragraph.Of(kind == LedgerKind.Refund ? "refund-pending" : "reship-pending", number),
            "already-compensated" when given.LastOrDefault() is { Kind: LedgerKind.Reship } => Paragraph.Of("already-reshipped", number),
            "already-compensated" => Paragraph.Of("already-refunded", number, ("amount", ReplyValue.Of(given.LastOrDefault()?.Amount ?? order.Refunded))),
            _ => Paragraph.Of("nothing-to-refund", number),
        };
    }
}
