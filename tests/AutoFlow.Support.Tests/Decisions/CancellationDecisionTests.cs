using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using static AutoFlow.Support.Tests.Decisions.Sample;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class CancellationDecisionTests
{
    [Theory]
    [InlineData(FulfillmentStatus.Unfulfilled, 100, "cancel", "cancelled")]
    [InlineData(FulfillmentStatus.Unfulfilled, 500, "cancel", "cancelled")]
    [InlineData(FulfillmentStatus.Unfulfilled, 500.01, "needs-approval", "cancel-pending")]
    [InlineData(FulfillmentStatus.Partial, 100, "partly-shipped", "cancel-partly-shipped,return-offer")]
    [InlineData(FulfillmentStatus.Fulfilled, 900, "already-shipped", "cancel-too-late,return-offer")]
    public void It_can_be_cancelled_until_the_first_parcel_leaves(FulfillmentStatus fulfillment, decimal total, string action, string said)
    {
        var decision = CancellationDecision.Decide(Unshipped with { Fulfillment = fulfillment, Total = Euro(total) }, Cancellation);
        Assert.Equal((action, said), (decision.Action, string.Join(',', decision.Paragraphs.Select(p => p.Key))));
    }

    [Fact]
    public void A_cancelled_order_is_not_cancelled_again() =>
        Assert.Equal("already-cancelled", CancellationDecision.Decide(Unshipped with { CancelledAt = Now }, Cancellation).Action);

    [Fact]
    public void A_parcel_that_the_shop_forgot_to_count_stops_it() =>
        Assert.Equal("partly-shipped", CancellationDecision.Decide(Unshipped with { Parcels = [Parcel] }, Cancellation).Action);

    [Fact]
    public void What_goes_back_is_what_was_paid()
    {
        Assert.Equal(Euro(45), CancellationDecision.Decide(Unshipped with { Refunded = Euro(10) }, Cancellation).Refund);
        var unpaid = CancellationDecision.Decide(Unshipped with { Financial = FinancialStatus.Pending }, Cancellation);
        Assert.Equal(Euro(0), unpaid.Refund);
        Assert.DoesNotContain("amount", unpaid.Paragraphs[0].Values.Keys);
    }

    [Fact]
    public void A_return_is_offered_only_where_the_policy_says_so() =>
        Assert.Single(CancellationDecision.Decide(Shipped, Cancellation with { OfferReturnWhenShipped = false }).Paragraphs);
}
