using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Decisions;

/// <summary>Whether an order can still be cancelled.</summary>
/// <param name="Action"><c>cancel</c>, <c>partly-shipped</c>, <c>already-shipped</c>, <c>already-cancelled</c> or <c>needs-approval</c>.</param>
/// <param name="Refund">What goes back to the customer when it is cancelled; zero when nothing was paid.</param>
/// <param name="Paragraphs">What to tell the customer; for <c>cancel</c> once it is done.</param>
public sealed record CancellationDecision(string Action, string Reason, Money Refund, IReadOnlyList<Paragraph> Paragraphs)
{
    public static CancellationDecision Decide(Order order, CancellationPolicy policy)
    {
        var number = ("order", ReplyValue.Of(order.Number));
        var refund = CompensationDecision.RefundLeft(order, []);
        var days = ("days", (ReplyValue?)ReplyValue.Of((int)policy.ReturnWithin.TotalDays));
        var offer = policy.OfferReturnWhenShipped ? [Paragraph.Of("return-offer", days)] : Array.Empty<Paragraph>();
        if (order.CancelledAt is { } at)
            return new("already-cancelled", "it is cancelled already", refund, [Paragraph.Of("already-cancelled", number, ("date", ReplyValue.Of(at)))]);
        if (order.Fulfillment == FulfillmentStatus.Fulfilled)
            return new("already-shipped", "everything has been sent", refund, [Paragraph.Of("cancel-too-late", number), .. offer]);
        if (order.Fulfillment == FulfillmentStatus.Partial || order.Parcels.Count > 0)
            return new("partly-shipped", "a part has been sent", refund, [Paragraph.Of("cancel-partly-shipped", number), .. offer]);
        if (!policy.ApprovalAbove.Cover(order.Total))
            return new("needs-approval", $"order total {order.Total} is above the policy's", refund, [Paragraph.Of("cancel-pending", number)]);
        return new("cancel", "nothing has been sent", refund,
            [Paragraph.Of("cancelled", number, ("amount", refund.Amount > 0 ? ReplyValue.Of(refund) : null))]);
    }
}
