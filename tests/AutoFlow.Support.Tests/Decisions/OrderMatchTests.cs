using System.Text.Json;
using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using FsCheck;
using FsCheck.Fluent;
using static AutoFlow.Support.Tests.Decisions.Sample;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class OrderMatchTests
{
    private const string Theirs = "kim@example.com";

    [Fact]
    public void A_number_with_the_right_address_finds_it()
    {
        var match = OrderMatch.Decide("1001", Shipped, [], [], " KIM@Example.com ");
        Assert.Equal(("found", "1001"), (match.Action, match.Order?.Number));
    }

    [Fact]
    public void The_only_open_order_is_meant_when_no_number_is_named() =>
        Assert.Equal("found", OrderMatch.Decide(null, null, [Shipped], [], Theirs).Action);

    [Fact]
    public void Several_open_orders_are_offered_newest_first()
    {
        var match = OrderMatch.Decide(null, null, [Shipped, Shipped with { Number = "1002", PlacedAt = Now }], [], Theirs);
        Assert.Equal("candidates", match.Action);
        Assert.Equal(["1002", "1001"], match.Choices);
        Assert.Equal(["which-order", "order-line", "order-line"], match.Paragraphs.Select(p => p.Key));
    }

    [Fact]
    public void A_tracking_number_picks_among_the_customers_own_orders() =>
        Assert.Equal("1001", OrderMatch.Decide(null, null, [Unshipped with { Number = "1002" }, Shipped], ["ch454284108de"], Theirs).Order?.Number);

    [Fact]
    public void No_order_at_all_asks_for_the_number() =>
        Assert.Equal("ask-order-number", Assert.Single(OrderMatch.Decide(null, null, [], [], Theirs).Paragraphs).Key);

    [Fact]
    public void An_order_without_an_address_is_nobodys() =>
        Assert.Equal("not-theirs", OrderMatch.Decide("1001", Shipped with { CustomerEmail = "" }, [], [], "").Action);

    [Fact]
    public void Somebody_elses_order_tells_nothing_that_an_unknown_number_would_not()
    {
        var strangers = ArbMap.Default.GeneratorFor<NonEmptyString>().Select(name => name.Get + "@stranger.example").ToArbitrary();
        Prop.ForAll(strangers, stranger =>
        {
            var theirs = OrderMatch.Decide("1001", Shipped, [], [], stranger);
            var unknown = OrderMatch.Decide("1001", null, [], [], stranger);
            return theirs.Action == "not-theirs" && unknown.Action == "not-found" && theirs.Order is null && theirs.Candidates.Count == 0
                && JsonSerializer.Serialize(theirs.Paragraphs) == JsonSerializer.Serialize(unknown.Paragraphs);
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Open_orders_of_somebody_else_are_never_offered() =>
        Assert.Equal("not-found", OrderMatch.Decide(null, null, [Shipped], [Parcel.TrackingNumber], "stranger@example.com").Action);

    [Fact]
    public void Open_means_not_cancelled_not_refunded_and_not_too_old()
    {
        Order[] orders =
        [
            Shipped with { Number = "45 days", PlacedAt = Now.AddDays(-45) },
            Shipped with { Number = "older", PlacedAt = Now.AddDays(-45).AddTicks(-1) },
            Shipped with { Number = "cancelled", CancelledAt = Now },
            Shipped with { Number = "refunded", Financial = FinancialStatus.Refunded },
        ];
        Assert.Equal(["45 days"], OrderMatch.Open(orders, Delivery, Now).Select(order => order.Number));
    }
}
