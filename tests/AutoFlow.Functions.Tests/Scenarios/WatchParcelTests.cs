using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Shipments;

namespace AutoFlow.Functions.Tests.Scenarios;

public sealed class WatchParcelTests
{
    private readonly World _world = new();
    private readonly Shipment _known = Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other", 3);

    public WatchParcelTests() => _world.Tracking.Shipments["P1"] = _known;

    [Fact]
    public void A_parcel_that_arrived_meanwhile_is_told_at_once()
    {
        _world.Tracking.Shipments["P1"] = Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 1);

        Assert.Equal(["sendReply update-delivered"], Start().RunToEnd("watch-parcel", Input()).Deeds);
    }

    [Fact]
    public void Each_change_that_matters_is_told_until_it_has_arrived()
    {
        var run = Pushes(
            (1, Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Departure", 2)),
            (2, Sample.Shipment("P1", ShipmentStatus.OutForDelivery, "OutForDelivery_Other", 1)),
            (3, Sample.Shipment("P1", ShipmentStatus.OutForDelivery, "OutForDelivery_Other", 1)),
            (4, Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 0))).RunToEnd("watch-parcel", Input());

        Assert.Equal(["sendReply update-out-for-delivery", "sendReply update-delivered"], run.Deeds);
        Assert.True(run.Last("sendReply")["proactive"].AsBoolean());
        Assert.Equal(Sample.Start.AddDays(4), run.Ended);
    }

    [Fact]
    public void An_older_push_that_comes_late_is_not_told()
    {
        var run = Pushes(
            (1, Sample.Shipment("P1", ShipmentStatus.OutForDelivery, "OutForDelivery_Other", 1)),
            (2, Sample.Shipment("P1", ShipmentStatus.DeliveryFailure, "DeliveryFailure_Other", 2)),
            (3, Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 0))).RunToEnd("watch-parcel", Input());

        Assert.Equal(["sendReply update-out-for-delivery", "sendReply update-delivered"], run.Deeds);
    }

    [Theory]
    [InlineData("Exception_Lost", "update-lost")]
    [InlineData("Exception_Damage", "update-damaged")]
    [InlineData("Exception_Returning", "update-returning")]
    public void Bad_news_is_told_and_a_person_decides_anew(string subStatus, string paragraph)
    {
        var run = Pushes((1, Sample.Shipment("P1", ShipmentStatus.Exception, subStatus, 0))).RunToEnd("watch-parcel", Input());

        Assert.Equal([$"sendReply {paragraph}", "openTicket HandOver delivery_problem"], run.Deeds);
    }

    [Fact]
    public void A_traced_parcel_that_moves_again_is_told()
    {
        var run = Pushes(
            (1, Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Departure", 2)),
            (2, Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 0))).RunToEnd("watch-parcel", Input(traced: true));

        Assert.Equal(["sendReply update-moving", "sendReply update-delivered"], run.Deeds);
    }

    [Fact]
    public void Silence_ends_the_watch_after_the_policys_time()
    {
        var run = Start().RunToEnd("watch-parcel", Input());

        Assert.Empty(run.Deeds);
        Assert.Equal(Sample.Start + World.Policies.Delivery.WatchFor, run.Ended);
    }

    [Fact]
    public void A_trace_without_an_answer_is_chased_and_told_on_the_day_promised()
    {
        var run = Start().RunToEnd("watch-parcel", Input(traced: true));

        Assert.Equal(["openTicket Trace", "sendReply trace-no-news"], run.Deeds);
        Assert.Equal(Sample.Start + World.Policies.Delivery.WatchFor, run.Ended);
    }

    [Fact]
    public void A_parcel_that_waits_at_a_shop_is_reminded_of_once()
    {
        var run = Pushes((1, Sample.Shipment("P1", ShipmentStatus.AvailableForPickup, "AvailableForPickup_Other", 0))).RunToEnd("watch-parcel", Input());

        Assert.Equal(["sendReply update-pickup", "sendReply update-pickup-reminder"], run.Deeds);
    }

    [Fact]
    public void A_parcel_that_the_customer_knows_to_be_delivered_is_not_watched_on()
    {
        var delivered = Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 3);
        _world.Tracking.Shipments["P1"] = delivered;

        var run = Start().RunToEnd("watch-parcel", Input(known: delivered));

        Assert.Empty(run.Deeds);
        Assert.Equal(Sample.Start, run.Ended);
    }

    [Fact]
    public void A_silent_carrier_does_not_end_the_watch()
    {
        _world.Tracking.Fails = _ => new Failure("carrier-unavailable", "No answer.", IsTransient: true);

        var run = Pushes((1, Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other", 0))).RunToEnd("watch-parcel", Input());

        Assert.Equal(["sendReply update-delivered"], run.Deeds);
    }

    private Scenario Start() => new(_world, "watch-parcel~P1");

    private Scenario Pushes(params (double AfterDays, Shipment Now)[] pushes)
    {
        var run = Start();
        foreach (var (days, now) in pushes) run.After(TimeSpan.FromDays(days), CloudEvent.ShipmentUpdated, $"push-{days}", now);
        return run;
    }

    private object Input(bool traced = false, Shipment? known = null) => new
    {
        shipment = known ?? _known,
        order = Sample.Order(parcels: "P1"),
        conversation = Sample.Conversation,
        language = "en",
        traced,
    };
}
