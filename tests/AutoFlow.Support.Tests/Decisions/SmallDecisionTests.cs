using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Tickets;
using static AutoFlow.Support.Tests.Decisions.Sample;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class SmallDecisionTests
{
    private static readonly ReviewPolicy Review = new()
    {
        SentimentBelow = -0.6,
        IntentProbabilityBelow = 0.6,
        Languages = ["en", "de"],
        OrderValueAbove = Limits(("EUR", 400)),
        MoneyAbove = Limits(("EUR", 100)),
        Intents = ["complaint"],
        HoldProactive = false,
    };

    private static readonly ReviewFacts Calm = new() { Language = "en", Sentiment = 0, Intent = "order_status", IntentProbability = 0.9, OrderTotals = [Euro(400)], Promised = [Euro(100)] };

    [Fact]
    public void A_plain_reply_is_sent() => Assert.Equal(new ReviewDecision("send", null), ReviewDecision.Decide(Review, Calm));

    public static TheoryData<ReviewFacts, string> Held => new()
    {
        { Calm with { Language = "ja" }, "language ja" },
        { Calm with { Sentiment = -0.61 }, "the customer is upset" },
        { Calm with { IntentProbability = 0.59 }, "the intent is not sure" },
        { Calm with { Intent = "complaint" }, "intent complaint" },
        { Calm with { OrderTotals = [Euro(400), Euro(400.01m)] }, "order value 400.01 EUR" },
        { Calm with { Promised = [Euro(100.01m)] }, "promises 100.01 EUR" },
        { Calm with { Promised = [new Money(1, "SEK")] }, "promises 1.00 SEK" },
        { Calm with { ReviewReason = "the model declined" }, "the model declined" },
        { Calm with { Language = "ja", Sentiment = -1 }, "language ja; the customer is upset" },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public void A_reply_is_held_for_each_reason(ReviewFacts facts, string because) =>
        Assert.Equal(new ReviewDecision("hold", because), ReviewDecision.Decide(Review, facts));

    [Fact]
    public void Proactive_messages_do_not_look_at_an_old_mood()
    {
        var proactive = Calm with { Proactive = true, Sentiment = -1, ReviewReason = "the model declined" };
        Assert.Equal("send", ReviewDecision.Decide(Review, proactive).Action);
        Assert.Equal("proactive message", ReviewDecision.Decide(Review with { HoldProactive = true }, proactive).Because);
    }

    [Theory]
    [InlineData(TicketType.HandOver, "invoice_request", "finance")]
    [InlineData(TicketType.HandOver, "unheard_of", "care")]
    [InlineData(TicketType.HandOver, null, "care")]
    [InlineData(TicketType.Approval, "invoice_request", "finance")]
    [InlineData(TicketType.Trace, "invoice_request", "shipping")]
    [InlineData(TicketType.Fault, null, "operations")]
    public void Hand_overs_go_by_intent_and_the_rest_by_type(TicketType type, string? intent, string department)
    {
        var policy = PolicyBook.Load(Repository.Folder("workflows", "policies")).Book!.Departments;
        var decision = DepartmentDecision.Decide(type, intent, policy, Now);
        Assert.Equal((department, Now + policy.Departments[department].AnswerWithin), (decision.Department, decision.DueAt));
    }

    [Fact]
    public void A_type_that_the_policy_forgets_goes_to_the_fallback()
    {
        var policy = new DepartmentsPolicy
        {
            Departments = new Dictionary<string, Department> { ["care"] = new("care", "Care", TimeSpan.FromHours(2)) },
            ByTicketType = new Dictionary<TicketType, string>(),
            ByIntent = new Dictionary<string, string>(),
            Fallback = "care",
        };
        Assert.Equal("care", DepartmentDecision.Decide(TicketType.Claim, null, policy, Now).Department);
    }

    [Theory]
    [InlineData("my INSULATED BOTTLE is broken", 0, "ask-photo", "i1", "ask-photo")]
    [InlineData("item socks has holes", 0, "compensate", "i2", "")]
    [InlineData("my bottle (BOTTLE) is broken", 1, "compensate", "i1", "")]
    [InlineData("it is broken", 0, "ask-photo", "", "ask-photo,which-item")]
    [InlineData("it is broken", 2, "ask-item", "", "which-item")]
    public void Damage_needs_the_item_and_for_value_a_photo(string text, int photos, string action, string items, string said)
    {
        var decision = DamageDecision.Decide(Shipped, text, photos, Compensation);
        Assert.Equal((action, items, said), (decision.Action, string.Join(',', decision.ItemIds), string.Join(',', decision.Paragraphs.Select(p => p.Key))));
    }

    [Fact]
    public void What_is_missing_needs_no_photo() =>
        Assert.Equal("compensate", DamageDecision.Decide(Shipped, "the insulated bottle was not in the box", 0, Compensation, CompensationCause.Missing).Action);

    [Fact]
    public void The_lines_of_a_parcel_are_known_only_when_the_shop_says_so_or_there_is_one_parcel()
    {
        Assert.Equal(["i2"], Affected.InParcel(Shipped, Parcel with { ItemIds = ["i2"] })!.Select(item => item.Id));
        Assert.Equal(2, Affected.InParcel(Shipped, Parcel with { ItemIds = [] })!.Count);
        Assert.Null(Affected.InParcel(Shipped with { Parcels = [Parcel, Parcel] }, Parcel with { ItemIds = [] }));
    }

    [Fact]
    public void An_order_says_first_whether_there_are_parcels_to_look_up()
    {
        Assert.Equal("look-up-parcels", Action(Shipped));
        Assert.Equal("tell-cancelled", Action(Unshipped with { CancelledAt = Now }));
        Assert.Equal("tell-refunded", Action(Shipped with { Financial = FinancialStatus.Refunded }));
        Assert.Equal("tell-not-paid", Action(Unshipped with { Financial = FinancialStatus.Pending }));
        Assert.Equal("tell-not-shipped", Action(Unshipped with { PlacedAt = Now.AddDays(-3).AddTicks(1) }));
        Assert.Equal("tell-not-shipped-late", Action(Unshipped with { PlacedAt = Now.AddDays(-3) }));
        Assert.Equal(["several-parcels", "rest-not-shipped"], OrderDecision.Decide(Shipped with { Parcels = [Parcel, Parcel], Fulfillment = FulfillmentStatus.Partial }, Delivery, Now).Paragraphs.Select(p => p.Key));

        static string Action(Order order) => OrderDecision.Decide(order, Delivery, Now).Action;
    }

    [Theory]
    [InlineData("InTransit_Other", "OutForDelivery_Other", "out-for-delivery")]
    [InlineData("OutForDelivery_Other", "Delivered_Other", "delivered")]
    [InlineData("OutForDelivery_Other", "DeliveryFailure_NoBody", "failed-attempt")]
    [InlineData("OutForDelivery_Other", "DeliveryFailure_InvalidAddress", "address")]
    [InlineData("DeliveryFailure_NoBody", "AvailableForPickup_Other", "pickup")]
    [InlineData("InTransit_Other", "InTransit_CustomsProcessing", "customs")]
    [InlineData("InTransit_CustomsProcessing", "InTransit_CustomsRequiringInformation", "customs-papers")]
    [InlineData("InTransit_Other", "Exception_Delayed", "delayed")]
    [InlineData("DeliveryFailure_NoBody", "Exception_Returning", "returning")]
    [InlineData("Exception_Returning", "Exception_Returned", "none")]
    [InlineData("InTransit_Other", "Exception_Lost", "lost")]
    [InlineData("InTransit_Departure", "InTransit_Arrival", "none")]
    [InlineData("DeliveryFailure_NoBody", "InTransit_Other", "none")]
    public void A_change_is_told_once_when_it_matters(string from, string to, string state)
    {
        var now = Shipment(to, TimeSpan.FromHours(1));
        var change = ShipmentChange.Decide(Shipment(from, TimeSpan.FromHours(9)), now);
        Assert.Equal((state, state != "none"), (change.State, change.Tell));
        Assert.Equal("none", ShipmentChange.Decide(now, now).State);
        if (change.Paragraph is { } said) Assert.Null(new Support.Replies.ReplyComposer(Replies.ShippedReplies.Catalog).Compose("pl", "Ola", [said]).Failure);
    }

    [Fact]
    public void A_late_push_of_an_older_state_is_not_told() =>
        Assert.False(ShipmentChange.Decide(Shipment("Delivered_Other", TimeSpan.FromHours(1)), Shipment("OutForDelivery_Other", TimeSpan.FromHours(5))).Tell);

    [Fact]
    public void A_traced_parcel_that_moves_again_is_told() =>
        Assert.Equal("moving", ShipmentChange.Decide(Shipment("InTransit_Other", TimeSpan.FromDays(9)), Shipment("InTransit_Other", TimeSpan.FromHours(1)), traced: true).State);

    [Fact]
    public void A_later_estimate_is_a_delay()
    {
        var before = Shipment("InTransit_Other", TimeSpan.FromHours(9)) with { EstimatedTo = new DateOnly(2026, 5, 22) };
        Assert.Equal("delayed", ShipmentChange.Decide(before, before with { EstimatedTo = new DateOnly(2026, 5, 23) }).State);
        Assert.Equal("none", ShipmentChange.Decide(before, before with { EstimatedTo = new DateOnly(2026, 5, 21) }).State);
    }
}
