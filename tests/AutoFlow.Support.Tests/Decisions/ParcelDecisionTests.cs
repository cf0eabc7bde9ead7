using AutoFlow.Support.Decisions;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Shipments;
using static AutoFlow.Support.Tests.Decisions.Sample;

namespace AutoFlow.Support.Tests.Decisions;

public sealed class ParcelDecisionTests
{
    private static readonly Order Abroad = Shipped with { ShippingAddress = Shipped.ShippingAddress with { Country = "FR" } };

    [Theory]
    [InlineData("InTransit_PickedUp", 1, "tell-on-its-way")]
    [InlineData("InTransit_Arrival", 1, "tell-on-its-way")]
    [InlineData("OutForDelivery_Other", 0, "tell-on-its-way")]
    [InlineData("InfoReceived", 1, "tell-not-yet-handed-over")]
    [InlineData("Delivered_Other", 40, "tell-delivered")]
    [InlineData("AvailableForPickup_Other", 6, "tell-pickup")]
    [InlineData("DeliveryFailure_NoBody", 1, "tell-new-attempt")]
    [InlineData("DeliveryFailure_Other", 1, "tell-new-attempt")]
    [InlineData("DeliveryFailure_InvalidAddress", 1, "confirm-address")]
    [InlineData("DeliveryFailure_Rejected", 1, "tell-returning")]
    [InlineData("DeliveryFailure_Security", 1, "tell-customs")]
    [InlineData("InTransit_CustomsProcessing", 9, "tell-customs")]
    [InlineData("InTransit_CustomsRequiringInformation", 11, "ask-customs-papers")]
    [InlineData("Exception_Lost", 1, "compensate-lost")]
    [InlineData("Exception_Destroyed", 1, "compensate-lost")]
    [InlineData("Exception_Damage", 1, "compensate-damaged")]
    [InlineData("Exception_Returning", 1, "tell-returning")]
    [InlineData("Exception_Returned", 1, "tell-returning")]
    [InlineData("Exception_Rejected", 1, "tell-returning")]
    [InlineData("Exception_NoBody", 1, "confirm-address")]
    [InlineData("Exception_Security", 1, "tell-customs")]
    [InlineData("Exception_Delayed", 1, "tell-overdue")]
    [InlineData("Exception_Cancel", 1, "open-trace")]
    [InlineData("Exception_Other", 1, "open-trace")]
    [InlineData("Exception_SomethingNew", 1, "tell-on-its-way")]
    [InlineData("Expired_Other", 32, "compensate-lost")]
    public void Every_sub_status_has_its_action(string subStatus, int daysAgo, string action) =>
        Assert.Equal(action, Decide(Shipment(subStatus, TimeSpan.FromDays(daysAgo)), Shipped).Action);

    public static TheoryData<string, TimeSpan, bool, string> Borders => new()
    {
        { "InTransit_Other", TimeSpan.FromDays(5) - TimeSpan.FromTicks(1), false, "tell-on-its-way" },
        { "InTransit_Other", TimeSpan.FromDays(5), false, "open-trace" },
        { "InTransit_Other", TimeSpan.FromDays(7) - TimeSpan.FromTicks(1), true, "tell-on-its-way" },
        { "InTransit_Other", TimeSpan.FromDays(7), true, "open-trace" },
        { "InTransit_Other", TimeSpan.FromDays(12) - TimeSpan.FromTicks(1), false, "open-trace" },
        { "InTransit_Other", TimeSpan.FromDays(12), false, "compensate-lost" },
        { "InTransit_Other", TimeSpan.FromDays(15), true, "compensate-lost" },
        { "InTransit_CustomsProcessing", TimeSpan.FromDays(10) - TimeSpan.FromTicks(1), true, "tell-customs" },
        { "InTransit_CustomsProcessing", TimeSpan.FromDays(10), true, "open-trace" },
        { "InTransit_CustomsProcessing", TimeSpan.FromDays(30), true, "compensate-lost" },
        { "InTransit_CustomsRequiringInformation", TimeSpan.FromDays(30), true, "compensate-lost" },
        { "InfoReceived", TimeSpan.FromDays(4) - TimeSpan.FromTicks(1), false, "tell-not-yet-handed-over" },
        { "InfoReceived", TimeSpan.FromDays(4), false, "open-trace" },
        { "InfoReceived", TimeSpan.FromDays(12), false, "compensate-lost" },
        { "DeliveryFailure_NoBody", TimeSpan.FromDays(5), false, "open-trace" },
        { "Exception_Delayed", TimeSpan.FromDays(5), false, "open-trace" },
        { "Exception_Other", TimeSpan.FromDays(12), false, "compensate-lost" },
    };

    [Theory]
    [MemberData(nameof(Borders))]
    public void A_duration_counts_from_exactly_its_length_on(string subStatus, TimeSpan ago, bool abroad, string action) =>
        Assert.Equal(action, Decide(Shipment(subStatus, ago), abroad ? Abroad : Shipped).Action);

    [Theory]
    [InlineData(3, "tell-unknown")]
    [InlineData(4, "open-trace")]
    [InlineData(12, "compensate-lost")]
    public void A_parcel_the_carrier_does_not_know_is_measured_from_the_hand_over(int shippedDaysAgo, string action)
    {
        var decision = ParcelDecision.Decide(
            Shipment("NotFound_Other"), Shipped, Parcel with { ShippedAt = Now.AddDays(-shippedDaysAgo) }, Delivery, Now, customerSaysNotReceived: false);
        Assert.Equal((action, shippedDaysAgo), (decision.Action, decision.DaysWithoutMovement));
    }

    [Fact]
    public void A_parcel_without_any_time_is_never_stalled() =>
        Assert.Equal("tell-unknown", ParcelDecision.Decide(Shipment("NotFound_Other"), null, null, Delivery, Now, false).Action);

    [Fact]
    public void A_scan_in_the_future_counts_as_just_now() =>
        Assert.Equal(0, Decide(Shipment("InTransit_Other", TimeSpan.FromDays(-3)), Shipped).DaysWithoutMovement);

    [Fact]
    public void A_delivered_parcel_that_the_customer_misses_is_looked_for_first()
    {
        var decision = ParcelDecision.Decide(Shipment("Delivered_Other", TimeSpan.FromDays(2)), Shipped, Parcel, Delivery, Now, customerSaysNotReceived: true);
        Assert.Equal(("neighbour-check", (DateTimeOffset?)Now.AddDays(3)), (decision.Action, decision.Until));
    }

    [Theory]
    [InlineData(18, "tell-overdue")]
    [InlineData(19, "tell-on-its-way")]
    [InlineData(25, "tell-on-its-way")]
    public void It_is_overdue_when_the_grace_after_the_last_day_is_over(int lastDay, string action) =>
        Assert.Equal(action, Decide(Shipment("InTransit_Other", TimeSpan.FromDays(1)) with { EstimatedTo = new DateOnly(2026, 5, lastDay) }, Shipped).Action);

    [Theory]
    [InlineData(18, 18, "")]
    [InlineData(20, 20, "by")]
    [InlineData(19, 22, "by")]
    [InlineData(21, 22, "from,to")]
    public void A_day_that_has_passed_is_never_announced(int first, int last, string shown)
    {
        var shipment = Shipment("InTransit_Other", TimeSpan.FromDays(1)) with { EstimatedFrom = new DateOnly(2026, 5, first), EstimatedTo = new DateOnly(2026, 5, last) };
        var paragraph = ParcelDecision.Decide(shipment, Shipped, Parcel, Delivery with { OverdueGrace = TimeSpan.FromDays(9) }, Now, false).Paragraph;
        Assert.Equal(shown, string.Join(',', paragraph.Values.Keys.Where(key => key is "by" or "from" or "to").Order()));
    }

    [Fact]
    public void Every_status_gives_a_paragraph_that_the_catalog_can_say()
    {
        var composer = new Support.Replies.ReplyComposer(Replies.ShippedReplies.Catalog);
        foreach (var status in Enum.GetNames<ShipmentStatus>())
        {
            foreach (var sub in new[] { "Other", "NoBody", "Lost", "Damage", "Returning", "InvalidAddress", "CustomsProcessing", "CustomsRequiringInformation", "Security", "Cancel" })
            {
                foreach (var days in new int?[] { null, 0, 8, 14, 60 })
                {
                    var shipment = Shipment($"{status}_{sub}", days is { } ago ? TimeSpan.FromDays(ago) : null);
                    foreach (var order in new[] { Shipped, null })
                    {
                        var decision = ParcelDecision.Decide(shipment, order, order is null ? null : Parcel, Delivery, Now, days == 8);
                        Assert.Null(composer.Compose("de", null, [decision.Paragraph]).Failure);
                    }
                }
            }
        }
    }

    private static ParcelDecision Decide(Shipment shipment, Order order) =>
        ParcelDecision.Decide(shipment, order, Parcel, Delivery, Now, customerSaysNotReceived: false);
}
