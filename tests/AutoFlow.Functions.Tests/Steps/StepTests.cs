using System.Text.Json;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Steps;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support;
using AutoFlow.Support.Journal;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using AutoFlow.Support.Policies;
using AutoFlow.Support.Replies;
using AutoFlow.Support.Shipments;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Understanding;

namespace AutoFlow.Functions.Tests.Steps;

public sealed class StepTests
{
    private readonly World _world = new();

    [Fact]
    public void Every_step_of_the_catalog_is_tested_here() =>
        Assert.Equal(StepCatalog.Default.Names.Order(StringComparer.Ordinal), _world.StepNames.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("cancelOrder", "order! reason!")]
    [InlineData("decideCancellation", "order!")]
    [InlineData("decideCompensation", "cause! order! trackingNumber itemIds preference")]
    [InlineData("decideDamage", "order! text! attachmentCount cause")]
    [InlineData("decideOrder", "order!")]
    [InlineData("decideParcel", "shipment! order! notReceived")]
    [InlineData("decideShipmentChange", "before! after! traced")]
    [InlineData("findOrder", "orderNumbers trackingNumbers text customer!")]
    [InlineData("lookUpShipment", "trackingNumber! carrier")]
    [InlineData("openTicket", "type! intent once priority subject! summary! conversation orderNumber amount")]
    [InlineData("readAnswer", "text! language! choices")]
    [InlineData("readPolicy", "")]
    [InlineData("readTicket", "number!")]
    [InlineData("refundOrder", "order! amount! reason! move allowedBy!")]
    [InlineData("reshipOrder", "order! itemIds amount! move allowedBy!")]
    [InlineData("sendReply", "conversation! language! paragraphs! intent probability sentiment orderNumber orderTotal promised proactive")]
    [InlineData("watchParcel", "shipment! order! conversation! language! traced")]
    public void The_catalog_knows_every_argument_and_which_must_be_given(string step, string arguments) =>
        Assert.Equal(arguments, string.Join(' ', StepCatalog.Default.Find(step)!.Parameters.Select(one => one.Required ? $"{one.Name}!" : one.Name)));

    [Fact]
    public async Task A_named_order_of_the_customer_is_found()
    {
        _world.Shop.Orders.Add(Sample.Order());

        Assert.Equal(("found", "1001"), await FindAsync(["1001"]));
        Assert.Equal(("found", "1001"), await FindAsync(["9999", "1001"]));
    }

    [Fact]
    public async Task Somebody_elses_order_reads_like_no_order()
    {
        _world.Shop.Orders.Add(Sample.Order("2002", 80m, "somebody@example.org", "P9"));

        var theirs = await _world.RunAsync("findOrder", new FindOrder.With { OrderNumbers = ["2002"], TrackingNumbers = ["P9"], Customer = Sample.Customer });
        var none = await _world.RunAsync("findOrder", new FindOrder.With { OrderNumbers = ["3003"], Customer = Sample.Customer });

        var (theirText, noText) = (theirs.Output!.Value.GetRawText(), none.Output!.Value.GetRawText());
        Assert.DoesNotContain("somebody@example.org", theirText, StringComparison.Ordinal);
        Assert.DoesNotContain("P9", theirText, StringComparison.Ordinal);
        Assert.Equal(
            JsonSerializer.Serialize(none.Output.Value.GetProperty("paragraphs")).Replace("3003", "2002", StringComparison.Ordinal),
            JsonSerializer.Serialize(theirs.Output.Value.GetProperty("paragraphs")));
        Assert.NotEqual(noText, theirText);
    }

    [Fact]
    public async Task A_bare_number_counts_only_as_the_customers_own()
    {
        _world.Shop.Orders.AddRange([Sample.Order(), Sample.Order("1002"), Sample.Order("2002", 80m, "somebody@example.org")]);

        var own = await _world.RunAsync("findOrder", new FindOrder.With { Text = "It is 1002, please.", Customer = Sample.Customer });
        var theirs = await _world.RunAsync("findOrder", new FindOrder.With { Text = "It is 2002, please.", Customer = Sample.Customer });

        Assert.Equal("1002", own.Output!.Value.GetProperty("order").GetProperty("number").GetString());
        Assert.Equal("candidates", theirs.Output!.Value.GetProperty("action").GetString());
        Assert.DoesNotContain("somebody@example.org", theirs.Output.Value.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_ticket_about_a_matter_named_once_is_the_first()
    {
        var with = new OpenTicket.With { Type = TicketType.Trace, Once = "trace P1", Subject = "s", Summary = "t" };

        await _world.RunAsync("openTicket", with, "k");
        await _world.RunAsync("openTicket", with, "other", "where~m-2");

        Assert.Equal("where~m-1", Assert.Single(_world.Tickets.All).InstanceId);
    }

    [Fact]
    public async Task Somebody_elses_parcel_is_not_found_by_its_number()
    {
        _world.Shop.Orders.Add(Sample.Order("2002", 80m, "somebody@example.org", "P9"));

        var found = await _world.RunAsync("findOrder", new FindOrder.With { TrackingNumbers = ["P9"], Customer = Sample.Customer });

        Assert.Equal("not-found", found.Output!.Value.GetProperty("action").GetString());
    }

    [Theory]
    [InlineData("find")]
    [InlineData("list")]
    public async Task A_silent_shop_is_a_transient_failure_and_nothing_is_written(string call)
    {
        _world.Shop.Fails = asked => asked == call ? new Failure("shop-unavailable", "No answer.", IsTransient: true) : null;

        var outcome = await _world.RunAsync("findOrder", new FindOrder.With { OrderNumbers = ["1001"], Customer = Sample.Customer });

        Assert.Equal((null, true), (outcome.Output, outcome.Failure!.IsTransient));
        Assert.Empty(_world.Journal.Lines);
    }

    [Fact]
    public async Task A_list_of_numbers_is_not_looked_up_without_end()
    {
        await FindAsync([.. Enumerable.Range(1, 100).Select(number => $"{number}")]);

        Assert.True(_world.Gate.Passed.Count(operation => operation == "shop.find") <= 5);
    }

    [Fact]
    public async Task Looking_a_parcel_up_is_written_down_without_personal_data()
    {
        _world.Tracking.Shipments["P1"] = Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other");

        var outcome = await _world.RunAsync("lookUpShipment", new LookUpShipment.With { TrackingNumber = "P1" });

        Assert.Equal("P1", World.Output<Shipment>(outcome).TrackingNumber);
        var line = Assert.Single(_world.Journal.Lines);
        Assert.Equal((JournalKind.LookedUp, "parcel P1: InTransit_Other"), (line.Kind, line.Text));
    }

    [Fact]
    public async Task Cancelling_is_once_per_key_and_a_refusal_is_data()
    {
        _world.Shop.Orders.Add(Sample.Order());
        var with = new CancelOrder.With { Order = Sample.Order(), Reason = "customer" };

        await _world.RunAsync("cancelOrder", with, "k");
        await _world.RunAsync("cancelOrder", with, "k");
        Assert.Single(_world.Journal.Lines);
        _world.Shop.Fails = _ => new Failure("already-shipped", "It has left.");
        var refused = await _world.RunAsync("cancelOrder", with, "other");

        Assert.Equal(("already-shipped", false), (refused.Failure!.Code, refused.Failure.IsTransient));
        Assert.Single(_world.Journal.Lines);
    }

    [Fact]
    public async Task A_ticket_goes_to_the_department_of_the_policy_once_per_key()
    {
        var with = new OpenTicket.With { Type = TicketType.HandOver, Intent = "invoice_request", Subject = "s", Summary = "t", Conversation = Sample.Conversation };

        var first = World.Output<Ticket>(await _world.RunAsync("openTicket", with, "k"));
        var again = World.Output<Ticket>(await _world.RunAsync("openTicket", with, "k"));

        Assert.Equal(first, again);
        Assert.Equal(("finance", "where~m-1"), (first.Department, first.InstanceId));
        Assert.Equal(_world.Time.Now.AddHours(48), first.DueAt);
        Assert.Single(_world.Tickets.All);
    }

    [Fact]
    public async Task An_unknown_ticket_is_a_failure() =>
        Assert.Equal("ticket-not-found", (await _world.RunAsync("readTicket", new ReadTicket.With { Number = "T-9" })).Failure!.Code);

    [Fact]
    public async Task A_reply_goes_out_once_per_key_and_answers_the_last_message()
    {
        var with = Reply() with { Intent = "order_status", Probability = 0.9 };

        var written = World.Output<WrittenReply>(await _world.RunAsync("sendReply", with, "k"));
        await _world.RunAsync("sendReply", with, "k");

        Assert.Equal(("k", OutboxState.Pending, null), (written.Key, written.State, written.HeldBecause));
        var entry = Assert.Single(_world.Outbox.Entries);
        Assert.Equal((Sample.Customer, "mail", "<1@example.org>", "Re: My order", "en"), (entry.To, entry.Channel, entry.InReplyTo, entry.Subject, entry.Language));
        Assert.All(_world.Queues.Sent, sent => Assert.Equal(("outbox", "k"), sent));
    }

    [Fact]
    public async Task A_reply_answers_the_message_of_its_own_run_though_another_came_since()
    {
        var with = Reply() with { Intent = "order_status", Probability = 0.9 };
        var (began, _) = await _world.Inbox.AddAsync(new InboundMessage { Id = "<0@example.org>", Channel = "mail", From = Sample.Customer, ReceivedAt = Sample.Start }, default);
        var instance = InstanceIds.ForMessage("where", began.Id);
        await _world.Inbox.UnderstoodAsync(began.Id, Understood(), Sample.Conversation, default);
        await _world.Inbox.RoutedAsync(began.Id, instance, "where", "test", asEvent: false, default);
        await _world.RunAsync("sendReply", with, "k-1", instance);

        var (answer, _) = await _world.Inbox.AddAsync(new InboundMessage { Id = "<2@example.org>", Channel = "mail", From = Sample.Customer, ReceivedAt = Sample.Start }, default);
        await _world.Inbox.UnderstoodAsync(answer.Id, Understood(), Sample.Conversation, default);
        await _world.Inbox.RoutedAsync(answer.Id, instance, "where", "test", asEvent: true, default);
        await _world.RunAsync("sendReply", with, "k-2", instance);

        Assert.Equal(["<0@example.org>", "<2@example.org>"], _world.Outbox.Entries.Select(entry => entry.InReplyTo));
    }

    private static UnderstoodMessage Understood() => new()
    {
        Kind = MessageKind.Person,
        Language = "en",
        VisibleText = "",
        Intents = [],
        Entities = MessageEntities.None,
        ModelVersion = "test",
    };

    public static TheoryData<string, string> Held => new()
    {
        { "upset", "the customer is upset" },
        { "unsure", "the intent is not sure" },
        { "complaint", "intent complaint" },
        { "dear", "order value 900.00 EUR" },
        { "promise", "promises 120.00 EUR" },
        { "language", "language ja" },
    };

    [Theory]
    [MemberData(nameof(Held))]
    public async Task A_reply_is_held_by_policy_and_not_enqueued(string why, string because)
    {
        var with = Reply() with { Intent = "order_status", Probability = 0.9 };
        with = why switch
        {
            "upset" => with with { Sentiment = -0.9 },
            "unsure" => with with { Probability = 0.5 },
            "complaint" => with with { Intent = "complaint" },
            "dear" => with with { OrderTotal = Sample.Eur(900) },
            "promise" => with with { Promised = [Sample.Eur(120)] },
            _ => with with { Language = "ja" },
        };

        var written = World.Output<WrittenReply>(await _world.RunAsync("sendReply", with));

        Assert.Equal((OutboxState.Held, because), (written.State, written.HeldBecause));
        Assert.Empty(_world.Queues.Sent);
    }

    [Fact]
    public async Task A_reply_to_a_message_that_is_marked_for_review_is_held_whatever_the_definition_says()
    {
        var (started, _) = await _world.Inbox.AddAsync(new InboundMessage { Id = "a", Channel = "mail", From = Sample.Customer, ReceivedAt = Sample.Start }, default);
        var understood = Understood() with { ReviewReason = "the model did not answer in time" };
        await _world.Inbox.UnderstoodAsync(started.Id, understood, Sample.Conversation, default);
        await _world.Inbox.RoutedAsync(started.Id, "where~m-1", "where", "test", asEvent: true, default);
        var with = Reply() with { Intent = "order_status", Probability = 0.9 };

        var held = World.Output<WrittenReply>(await _world.RunAsync("sendReply", with, "k-1"));
        var followUp = World.Output<WrittenReply>(await _world.RunAsync("sendReply", with with { Proactive = true }, "k-2"));
        var other = World.Output<WrittenReply>(await _world.RunAsync("sendReply", with, "k-3", "where~m-2"));

        Assert.Equal((OutboxState.Held, "the model did not answer in time"), (held.State, held.HeldBecause));
        Assert.Equal((OutboxState.Pending, OutboxState.Pending), (followUp.State, other.State));
    }

    [Theory]
    [InlineData("no-such-paragraph", "unknown-paragraph")]
    [InlineData("refund", "missing-value")]
    public async Task A_paragraph_that_cannot_be_said_is_a_failure(string key, string code)
    {
        var outcome = await _world.RunAsync("sendReply", Reply() with { Paragraphs = [Paragraph.Of(key)] });

        Assert.Equal(code, outcome.Failure!.Code);
        Assert.Empty(_world.Outbox.Entries);
    }

    [Fact]
    public async Task A_reply_to_nobody_is_a_failure() =>
        Assert.Equal("conversation-not-found", (await _world.RunAsync("sendReply", Reply() with { Conversation = "c-none" })).Failure!.Code);

    [Fact]
    public async Task What_a_customer_wrote_is_never_expanded_in_a_reply()
    {
        await _world.RunAsync("sendReply", Reply() with { Paragraphs = [Paragraph.Of("cancel-too-late", ("order", ReplyValue.Of("{date} [x] ${ .secret }")))] });

        Assert.Contains("{date} [x] ${ .secret }", Assert.Single(_world.Outbox.Entries).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_watch_is_started_once_per_parcel()
    {
        var with = new WatchParcel.With
        {
            Shipment = Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other"),
            Order = Sample.Order(parcels: "P1"),
            Conversation = Sample.Conversation,
            Language = "en",
        };

        await _world.RunAsync("watchParcel", with, "k");
        await _world.RunAsync("watchParcel", with, "other");

        Assert.Equal("watch-parcel~P1", Assert.Single(_world.Durable.Started).Id);
        Assert.All(_world.Journal.Lines, line => Assert.Equal((JournalKind.Watches, "P1"), (line.Kind, line.Text)));
    }

    [Fact]
    public async Task An_ended_watch_is_begun_again_and_a_live_one_is_found_however_its_number_is_written()
    {
        WatchParcel.With Of(string number) => new()
        {
            Shipment = Sample.Shipment(number, ShipmentStatus.InTransit, "InTransit_Other"),
            Order = Sample.Order(parcels: number),
            Conversation = Sample.Conversation,
            Language = "en",
        };

        await _world.RunAsync("watchParcel", Of("P1"), "k");
        await _world.RunAsync("watchParcel", Of("p 1"), "l");
        _world.Durable["watch-parcel~P1"] = Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed;
        await _world.RunAsync("watchParcel", Of("P1"), "m");

        Assert.Equal(["watch-parcel~P1", "watch-parcel~P1"], _world.Durable.Started.Select(one => one.Id));
        var runs = _world.Durable.Started.Select(one => ((AutoFlow.Functions.Orchestrations.WorkflowStart)one.Input!).Run).ToList();
        Assert.All(runs, Assert.NotNull);
        Assert.Equal(2, runs.Distinct().Count());
    }

    [Fact]
    public async Task A_watch_that_cannot_be_registered_is_not_started()
    {
        _world.Tracking.Fails = _ => new Failure("carrier-unavailable", "No answer.", IsTransient: true);

        var outcome = await _world.RunAsync("watchParcel", new WatchParcel.With
        {
            Shipment = Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other"),
            Order = Sample.Order(),
            Conversation = Sample.Conversation,
            Language = "en",
        });

        Assert.True(outcome.Failure!.IsTransient);
        Assert.Empty(_world.Durable.Started);
    }

    [Fact]
    public async Task Decisions_are_made_by_the_shipped_policies()
    {
        var order = Sample.Order(parcels: "P1");
        Assert.Equal("already-shipped", await ActionAsync("decideCancellation", new DecideCancellation.With { Order = order }));
        Assert.Equal("reship", await ActionAsync("decideCompensation", new DecideCompensation.With { Cause = CompensationCause.Lost, Order = order, TrackingNumber = "P1" }));
        Assert.Equal("ask-photo", await ActionAsync("decideDamage", new DecideDamage.With { Order = order, Text = "broken" }));
        Assert.Equal("look-up-parcels", await ActionAsync("decideOrder", new DecideOrder.With { Order = order }));
        var delivered = Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other");
        Assert.Equal("neighbour-check", await ActionAsync("decideParcel", new DecideParcel.With { Shipment = delivered, Order = order, NotReceived = true }));
        Assert.Equal("tell-delivered", await ActionAsync("decideParcel", new DecideParcel.With { Shipment = delivered, Order = order }));
    }

    [Fact]
    public async Task A_changed_parcel_keeps_the_newer_state()
    {
        var (older, newer) = (Sample.Shipment("P1", ShipmentStatus.InTransit, "InTransit_Other", 3), Sample.Shipment("P1", ShipmentStatus.OutForDelivery, "OutForDelivery_Other", 1));

        foreach (var (before, after, tell) in new[] { (older, newer, true), (newer, older, false) })
        {
            var outcome = await _world.RunAsync("decideShipmentChange", new DecideShipmentChange.With { Before = before, After = after });
            Assert.Equal(tell, outcome.Output!.Value.GetProperty("tell").GetBoolean());
            Assert.Equal("OutForDelivery", outcome.Output.Value.GetProperty("shipment").GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Waiting_times_are_ISO_durations()
    {
        var waits = (await _world.RunAsync("readPolicy", new ReadPolicy.With())).Output!.Value;

        Assert.Equal(("P7D", "P3D", "P45D"), (waits.GetProperty("answerWithin").GetString(), waits.GetProperty("remindAfter").GetString(), waits.GetProperty("watchFor").GetString()));
    }

    [Fact]
    public async Task An_answer_is_read_with_its_choices()
    {
        var answer = World.Output<Answer>(await _world.RunAsync("readAnswer", new ReadAnswer.With { Text = "1002", Language = "en", Choices = ["1001", "1002"] }));

        Assert.Equal(new Answer(AnswerKind.Choice, "1002"), answer);
    }

    private static SendReply.With Reply() => new()
    {
        Conversation = Sample.Conversation,
        Language = "en",
        Paragraphs = [Paragraph.Of("thanks"), null],
    };

    private async Task<(string Action, string? Order)> FindAsync(string[] numbers)
    {
        var found = (await _world.RunAsync("findOrder", new FindOrder.With { OrderNumbers = numbers, Customer = Sample.Customer })).Output!.Value;
        return (found.GetProperty("action").GetString()!, found.TryGetProperty("order", out var order) && order.ValueKind == JsonValueKind.Object ? order.GetProperty("number").GetString() : null);
    }

    private async Task<string?> ActionAsync<TWith>(string step, TWith with) =>
        (await _world.RunAsync(step, with)).Output!.Value.GetProperty("action").GetString();
}
