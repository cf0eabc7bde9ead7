using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Orders;
using AutoFlow.Support.Shipments;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Tests.Scenarios;

public sealed class WhereIsMyOrderTests
{
    private const string Definition = "where-is-my-order";
    private readonly World _world = new();

    [Theory]
    [InlineData(ShipmentStatus.InTransit, "InTransit_Other", "on-its-way")]
    [InlineData(ShipmentStatus.OutForDelivery, "OutForDelivery_Other", "out-for-delivery")]
    [InlineData(ShipmentStatus.InfoReceived, "InfoReceived", "not-yet-handed-over")]
    [InlineData(ShipmentStatus.NotFound, "NotFound_Other", "parcel-unknown")]
    [InlineData(ShipmentStatus.AvailableForPickup, "AvailableForPickup_Other", "pickup")]
    [InlineData(ShipmentStatus.DeliveryFailure, "DeliveryFailure_NoBody", "new-attempt")]
    [InlineData(ShipmentStatus.Exception, "Exception_Delayed", "overdue")]
    [InlineData(ShipmentStatus.InTransit, "InTransit_CustomsProcessing", "customs")]
    public void A_parcel_that_moves_is_told_and_watched(ShipmentStatus status, string subStatus, string paragraph)
    {
        Given("P1", status, subStatus);

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["readPolicy", "findOrder", "decideOrder", "lookUpShipment", "decideParcel", "watchParcel", $"sendReply {paragraph}"], run.Story);
        Assert.Equal("watch-parcel~P1", Assert.Single(_world.Durable.Started).Id);
    }

    [Theory]
    [InlineData(ShipmentStatus.InTransit, "InTransit_Other", 6, "trace-opened")]
    [InlineData(ShipmentStatus.InfoReceived, "InfoReceived", 5, "trace-opened-unscanned")]
    [InlineData(ShipmentStatus.Exception, "Exception_Other", 1, "trace-opened-exception")]
    public void A_parcel_that_stands_still_gets_a_trace_and_a_watch(ShipmentStatus status, string subStatus, double daysAgo, string paragraph)
    {
        Given("P1", status, subStatus, daysAgo);

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["openTicket Trace", "watchParcel", $"sendReply {paragraph}"], run.Deeds);
        Assert.True(run.Last("watchParcel")["traced"].AsBoolean());
    }

    [Theory]
    [InlineData(ShipmentStatus.Exception, "Exception_Lost", "parcel-lost")]
    [InlineData(ShipmentStatus.Expired, "Expired_Other", "parcel-lost")]
    [InlineData(ShipmentStatus.Exception, "Exception_Damage", "parcel-damaged")]
    public void A_lost_or_damaged_parcel_is_sent_again(ShipmentStatus status, string subStatus, string paragraph)
    {
        Given("P1", status, subStatus);

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["compensate: reshipOrder", $"sendReply {paragraph}+reship"], run.Deeds.Where(line => !line.Contains("decide")));
        Assert.Single(_world.Shop.Reships);
        Assert.Equal(80, run.Last("sendReply")["promised"][0]["amount"].AsNumber());
    }

    [Fact]
    public void A_returning_parcel_asks_what_the_customer_wants_and_a_person_does_it()
    {
        Given("P1", ShipmentStatus.Exception, "Exception_Returning");

        var run = Start().ThenWrites(1, "send it again please").RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["sendReply returning+return-choice", "openTicket HandOver order_status", "sendReply not-understood"], run.Deeds);
    }

    [Fact]
    public void A_delivered_parcel_is_told_when_the_question_was_general()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);
        _world.Shop.Orders[0] = Sample.Order("1001", 80m, Sample.Customer, "P1", "P2");
        _world.Tracking.Shipments["P2"] = Sample.Shipment("P2", ShipmentStatus.InTransit, "InTransit_Other");

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["watchParcel", "sendReply several-parcels+delivered+on-its-way"], run.Deeds);
    }

    [Fact]
    public void A_delivered_parcel_that_turns_up_ends_well()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);
        _world.Answers["the neighbour had it"] = new Answer(AnswerKind.Yes);

        var run = Start().ThenWrites(1, "the neighbour had it").RunToEnd(Definition, Letter.Of("delivery_problem"));

        Assert.Equal(["sendReply neighbour-check", "sendReply found-after-all"], run.Deeds);
    }

    [Fact]
    public void A_delivered_parcel_that_stays_away_is_claimed_and_sent_again()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);
        _world.Answers["nobody has it"] = new Answer(AnswerKind.No);

        var run = Start().ThenWrites(1, "nobody has it").RunToEnd(Definition, Letter.Of("delivery_problem"));

        Assert.Equal(
            ["sendReply neighbour-check", "openTicket Claim", "compensate: decideCompensation", "compensate: reshipOrder", "sendReply claim-opened+reship"], run.Deeds);
    }

    [Fact]
    public void Without_an_answer_we_remind_once_and_then_close()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);

        var run = Start().RunToEnd(Definition, Letter.Of("delivery_problem"));

        Assert.Equal(["sendReply neighbour-check", "sendReply reminder", "sendReply no-answer"], run.Deeds);
        var delivery = World.Policies.Delivery;
        Assert.Equal(Sample.Start + delivery.NeighbourCheckWithin + delivery.AnswerWithin, run.Ended);
        Assert.True(run.Last("sendReply")["proactive"].AsBoolean());
    }

    [Fact]
    public void An_answer_after_the_reminder_is_still_taken()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);
        _world.Answers["found it"] = new Answer(AnswerKind.Yes);

        var run = Start().ThenWrites(5, "found it").RunToEnd(Definition, Letter.Of("delivery_problem"));

        Assert.Equal(["sendReply neighbour-check", "sendReply reminder", "sendReply found-after-all"], run.Deeds);
    }

    [Theory]
    [InlineData(AnswerKind.Address, "Ahornweg 5, 20095 Hamburg")]
    [InlineData(AnswerKind.Yes, null)]
    public void An_address_goes_to_the_carrier_by_a_person(AnswerKind kind, string? address)
    {
        Given("P1", ShipmentStatus.DeliveryFailure, "DeliveryFailure_InvalidAddress");
        _world.Answers["answer"] = new Answer(kind, Address: address);

        var run = Start().ThenWrites(1, "answer").RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["watchParcel", "sendReply address-question", "openTicket HandOver change_address", "sendReply address-confirmed"], run.Deeds);
        Assert.Contains(address ?? "confirms the address", run.Last("openTicket")["summary"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Customs_papers_go_to_the_carrier_by_a_person()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_CustomsRequiringInformation");

        var run = Start().ThenWrites(1, "here they are", files: 2).RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["watchParcel", "sendReply customs-papers", "openTicket HandOver delivery_problem", "sendReply papers-received"], run.Deeds);
        Assert.Contains("files attached: 2", run.Last("openTicket")["summary"].AsString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_that_nobody_can_read_goes_to_a_person()
    {
        Given("P1", ShipmentStatus.Delivered, "Delivered_Other", 2);

        var run = Start().ThenWrites(1, "hm").RunToEnd(Definition, Letter.Of("delivery_problem"));

        Assert.Equal(["sendReply neighbour-check", "openTicket HandOver delivery_problem", "sendReply not-understood"], run.Deeds);
    }

    [Fact]
    public void Several_open_orders_ask_which_and_the_choice_is_taken()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_Other");
        _world.Shop.Orders.Add(Sample.Order("1002"));

        var run = Start().ThenWrites(1, "1001").RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["sendReply which-order+order-line+order-line", "watchParcel", "sendReply on-its-way"], run.Deeds);
    }

    [Fact]
    public void A_choice_that_settles_nothing_goes_to_a_person()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_Other");
        _world.Shop.Orders.Add(Sample.Order("1002"));

        var run = Start().ThenWrites(1, "the green one").RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["sendReply which-order+order-line+order-line", "openTicket HandOver order_status", "sendReply not-understood"], run.Deeds);
    }

    [Fact]
    public void A_question_which_order_that_nobody_answers_ends_after_the_policys_time()
    {
        var run = Start().RunToEnd(Definition, Letter.Of("order_status"));

        Assert.Equal(["sendReply ask-order-number"], run.Deeds);
        Assert.Equal(Sample.Start + World.Policies.Delivery.AnswerWithin, run.Ended);
    }

    [Fact]
    public void An_order_that_should_have_left_the_warehouse_is_chased()
    {
        _world.Shop.Orders.Add(Sample.Order());

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["openTicket HandOver order_status", "sendReply not-shipped-late"], run.Deeds);
    }

    [Fact]
    public void An_order_just_placed_is_told_to_be_on_its_way_out()
    {
        _world.Shop.Orders.Add(Sample.Order() with { PlacedAt = Sample.Start.AddDays(-1) });

        Assert.Equal(["sendReply not-shipped"], Run(Letter.Of("order_status")).Deeds);
    }

    [Fact]
    public void Orders_that_are_not_paid_cancelled_or_refunded_are_told_so()
    {
        var order = Sample.Order();
        _world.Shop.Orders.Add(order with { Financial = FinancialStatus.Pending });
        Assert.Equal(["sendReply not-paid"], Run(Letter.Of("order_status", orders: ["1001"])).Deeds);
        _world.Shop.Orders[0] = order with { CancelledAt = Sample.Start.AddDays(-1) };
        Assert.Equal(["sendReply already-cancelled"], Run(Letter.Of("order_status", orders: ["1001"]), "scenario~m-2").Deeds);
        _world.Shop.Orders[0] = order with { Financial = FinancialStatus.Refunded, Refunded = Sample.Eur(80) };
        Assert.Equal(["sendReply already-refunded"], Run(Letter.Of("order_status", orders: ["1001"]), "scenario~m-3").Deeds);
    }

    [Fact]
    public void A_silent_carrier_is_asked_again_and_then_a_person_looks()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_Other");
        _world.Tracking.Fails = call => call == "look-up" ? new Failure("carrier-unavailable", "No answer.", IsTransient: true) : null;

        var run = Run(Letter.Of("order_status"));

        Assert.True(run.Story.Count(line => line == "lookUpShipment") > 1);
        Assert.Equal(["openTicket HandOver delivery_problem", "sendReply hand-over"], run.Deeds);
    }

    [Fact]
    public void A_parcel_that_cannot_be_registered_is_watched_by_a_person()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_Other");
        _world.Tracking.Fails = call => call == "register" ? new Failure("carrier-unavailable", "No answer.", IsTransient: true) : null;

        var run = Run(Letter.Of("order_status"));

        Assert.Equal(["openTicket HandOver delivery_problem", "sendReply on-its-way"], run.Deeds.Where(line => line != "watchParcel"));
    }

    [Fact]
    public void What_else_was_asked_goes_to_a_person_and_is_said()
    {
        Given("P1", ShipmentStatus.InTransit, "InTransit_Other");

        var run = Run(Letter.Of("order_status", alsoAsked: ["invoice_request"]));

        Assert.Equal(["watchParcel", "openTicket HandOver invoice_request", "sendReply on-its-way+also-asked"], run.Deeds);
    }

    private void Given(string parcel, ShipmentStatus status, string subStatus, double daysAgo = 1)
    {
        _world.Shop.Orders.Add(Sample.Order(parcels: parcel));
        _world.Tracking.Shipments[parcel] = Sample.Shipment(parcel, status, subStatus, daysAgo);
    }

    private Scenario Start() => new(_world);

    private Scenario Run(object input, string id = "scenario~m-1") => new Scenario(_world, id).RunToEnd(Definition, input);
}
