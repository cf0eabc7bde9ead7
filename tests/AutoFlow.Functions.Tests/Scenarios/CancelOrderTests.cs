using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Ledger;
using AutoFlow.Support.Orders;

namespace AutoFlow.Functions.Tests.Scenarios;

public sealed class CancelOrderTests
{
    private readonly World _world = new();

    [Fact]
    public void An_order_not_sent_is_cancelled_and_refunded_once()
    {
        _world.Shop.Orders.Add(Sample.Order());

        var run = Run();

        Assert.Equal(["cancelOrder", "refundOrder", "sendReply cancelled"], run.Deeds);
        Assert.Equal(Sample.Eur(80), Assert.Single(_world.Shop.Refunds).Value.Amount);
        Assert.Equal(LedgerState.Settled, Assert.Single(_world.Ledger.Entries).State);
        Assert.Contains("€80.00", Assert.Single(_world.Outbox.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unpaid_order_is_cancelled_without_a_refund()
    {
        _world.Shop.Orders.Add(Sample.Order() with { Financial = FinancialStatus.Pending });

        Assert.Equal(["cancelOrder", "sendReply cancelled"], Run().Deeds);
        Assert.Empty(_world.Ledger.Entries);
    }

    [Fact]
    public void A_dear_order_waits_for_a_person()
    {
        _world.Shop.Orders.Add(Sample.Order(total: 900));

        Assert.Equal(["openTicket Approval", "start await-approval T-1 Cancel", "sendReply cancel-pending"], Run().Deeds);
        Assert.Empty(_world.Shop.Refunds);
    }

    [Fact]
    public void What_has_been_sent_cannot_be_cancelled()
    {
        _world.Shop.Orders.Add(Sample.Order(parcels: "P1"));

        Assert.Equal(["sendReply cancel-too-late+return-offer"], Run().Deeds);
    }

    [Fact]
    public void The_rest_of_an_order_is_stopped_by_a_person()
    {
        _world.Shop.Orders.Add(Sample.Order(parcels: "P1") with { Fulfillment = FulfillmentStatus.Partial });

        Assert.Equal(["openTicket HandOver cancel_order", "sendReply cancel-partly-shipped+return-offer"], Run().Deeds);
    }

    [Fact]
    public void A_cancelled_order_is_not_cancelled_again()
    {
        _world.Shop.Orders.Add(Sample.Order() with { CancelledAt = Sample.Start.AddDays(-1) });

        Assert.Equal(["sendReply already-cancelled"], Run().Deeds);
    }

    [Fact]
    public void An_order_that_leaves_at_that_moment_is_looked_at_again()
    {
        _world.Shop.Orders.Add(Sample.Order());
        _world.Shop.Fails = call =>
        {
            if (call != "cancel") return null;
            _world.Shop.Orders[0] = Sample.Order(parcels: "P1");
            return new Failure("already-shipped", "It has left.");
        };

        Assert.Equal(["cancelOrder", "sendReply cancel-too-late+return-offer"], Run().Deeds);
    }

    [Fact]
    public void A_refused_refund_of_a_cancelled_order_goes_to_a_person()
    {
        _world.Shop.Orders.Add(Sample.Order());
        _world.Shop.Fails = call => call == "refund" ? new Failure("over-refund", "No.") : null;

        Assert.Equal(["cancelOrder", "refundOrder", "openTicket HandOver refund_status", "sendReply cancelled"], Run().Deeds);
        Assert.Equal(LedgerState.Released, Assert.Single(_world.Ledger.Entries).State);
    }

    [Fact]
    public void A_shop_that_answers_late_is_asked_again()
    {
        _world.Shop.Orders.Add(Sample.Order());
        var silent = 2;
        _world.Shop.Fails = call => call == "refund" && silent-- > 0 ? new Failure("shop-unavailable", "No answer.", IsTransient: true) : null;

        Assert.Equal(["cancelOrder", "refundOrder", "refundOrder", "refundOrder", "sendReply cancelled"], Run().Deeds);
        Assert.Single(_world.Shop.Refunds);
    }

    [Fact]
    public void A_customer_with_two_orders_is_asked_which()
    {
        _world.Shop.Orders.Add(Sample.Order());
        _world.Shop.Orders.Add(Sample.Order("1002"));

        var run = new Scenario(_world).ThenWrites(1, "1002").RunToEnd("cancel-order", Letter.Of("cancel_order"));

        Assert.Equal(["sendReply which-order+order-line+order-line", "cancelOrder", "refundOrder", "sendReply cancelled"], run.Deeds);
        Assert.NotNull(_world.Shop.Orders[1].CancelledAt);
    }

    [Fact]
    public void A_choice_that_settles_nothing_goes_to_a_person_and_silence_ends_it()
    {
        _world.Shop.Orders.Add(Sample.Order());
        _world.Shop.Orders.Add(Sample.Order("1002"));

        var unclear = new Scenario(_world).ThenWrites(1, "hm").RunToEnd("cancel-order", Letter.Of("cancel_order"));
        var silent = new Scenario(_world, "scenario~m-9").RunToEnd("cancel-order", Letter.Of("cancel_order"));

        Assert.Equal(["sendReply which-order+order-line+order-line", "openTicket HandOver cancel_order", "sendReply not-understood"], unclear.Deeds);
        Assert.Equal(["sendReply which-order+order-line+order-line"], silent.Deeds);
    }

    [Fact]
    public void What_else_was_asked_goes_to_a_person()
    {
        _world.Shop.Orders.Add(Sample.Order());

        var run = new Scenario(_world).RunToEnd("cancel-order", Letter.Of("cancel_order", alsoAsked: ["promotion"]));

        Assert.Equal(["cancelOrder", "refundOrder", "openTicket HandOver promotion", "sendReply cancelled+also-asked"], run.Deeds);
    }

    private Scenario Run() => new Scenario(_world).RunToEnd("cancel-order", Letter.Of("cancel_order", orders: ["1001"]));
}
