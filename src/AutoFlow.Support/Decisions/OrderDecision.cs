using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;

namespace AutoFlow.Support.Decisions;

/// <summary>What an order as a whole says to "where is it", before any parcel is looked up.</summary>
/// <param name="Action"><c>look-up-parcels</c>, <c>tell-cancelled</c>, <c>tell-refunded</c>, <c>tell-not-paid</c>, <c>tell-not-shipped</c> or <c>tell-not-shipped-late</c> (a person looks into it).</param>
/// <param name="Paragraphs">What to tell the customer; for <c>look-up-parcels</c> what to say before the parcels (several of them, or a part not sent yet).</param>
public sealed record OrderDecision(string Action, string Reason, IReadOnlyList<Paragraph> Paragraphs)
{
    /// <param name="now">UTC.</param>
    public static OrderDecision Decide(Order order, DeliveryPolicy policy, DateTimeOffset now)
    {
        var number = ("order", ReplyValue.Of(order.Number));
        if (order.CancelledAt is { } cancelled)
            return new("tell-cancelled", "the order is cancelled", [Paragraph.Of("already-cancelled", number, ("date", ReplyValue.Of(cancelled)))]);
        if (order.Financial is FinancialStatus.Refunded)
            return new("tell-refunded", "the order is refunded", [Paragraph.Of("already-refunded", number, ("amount", ReplyValue.Of(order.Refunded)))]);
        if (order.Parcels.Count == 0)
        {
            var placed = ("placed", ReplyValue.Of(order.PlacedAt));
            if (order.Financial is FinancialStatus.Pending) return new("tell-not-paid", "not paid yet", [Paragraph.Of("not-paid", number)]);
            return now - order.PlacedAt >= policy.ShipsWithin
                ? new("tell-not-shipped-late", "paid, and late to leave the warehouse", [Paragraph.Of("not-shipped-late", number, placed)])
                : new("tell-not-shipped", "nothing has been sent yet", [Paragraph.Of("not-shipped", number, placed)]);
        }

        var intro = new List<Paragraph>();
        if (order.Parcels.Count > 1) intro.Add(Paragraph.Of("several-parcels", number, ("count", ReplyValue.Of(order.Parcels.Count))));
        if (order.Fulfillment == FulfillmentStatus.Partial) intro.Add(Paragraph.Of("rest-not-shipped", number));
        return new("look-up-parcels", $"{order.Parcels.Count} sent", intro);
    }
}
