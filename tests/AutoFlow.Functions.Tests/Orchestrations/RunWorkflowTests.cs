using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Functions.Tests.Scenarios;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Shipments;
using AutoFlow.Support.Tickets;
using AutoFlow.Support.Understanding;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

public sealed class RunWorkflowTests : IAsyncDisposable
{
    private const string ListenTwice = """
          - one:
              listen: { to: { one: { with: { type: autoflow.message.received } } } }
              export: { as: '${ [.[0].text] }' }
          - two:
              listen: { to: { one: { with: { type: autoflow.message.received } } } }
              output: { as: '${ $context + [.[0].text] }' }
        """;

    private const string Fails = """
          - broken:
              raise: { error: { type: 'urn:test:broken', status: 422, title: Broken, detail: as asked } }
        """;

    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task A_shipped_workflow_answers_and_lets_the_conversation_go()
    {
        var id = await _app.StartAsync("hand-over", Letter.Of("return_item"));

        Assert.Null((await _app.OutcomeAsync(id)).Error);
        Assert.Equal(["openTicket", "sendReply", nameof(LetConversationGo)], _app.Ran);
        Assert.Null(_app.World.Conversations[Sample.Conversation].OpenInstanceId);
        Assert.StartsWith($"{id}:/do/", Assert.Single(_app.World.Outbox.Entries).Key, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Our_reminder_comes_by_itself_in_durable_time()
    {
        _app.World.Shop.Orders.Add(Sample.Order(parcels: "P1") with { PlacedAt = new DateTimeOffset(2026, 2, 20, 0, 0, 0, TimeSpan.Zero) });
        _app.World.Tracking.Shipments["P1"] = Sample.Shipment("P1", ShipmentStatus.Delivered, "Delivered_Other");
        _app.World.Answers["found it"] = new Answer(AnswerKind.Yes);
        var id = await _app.StartAsync("where-is-my-order", Letter.Of("delivery_problem"));
        Assert.Single(_app.World.Outbox.Entries);

        await _app.AdvanceAsync(World.Policies.Delivery.NeighbourCheckWithin);
        Assert.Equal(2, _app.World.Outbox.Entries.Count);
        await _app.RaiseAsync(id, "m-2", Letter.Of("other", "found it", id: "m-2"));

        Assert.Null((await _app.OutcomeAsync(id)).Error);
        Assert.Equal(3, _app.World.Outbox.Entries.Count);
        Assert.Equal(3, _app.World.Outbox.Entries.Select(entry => entry.Key).Distinct().Count());
    }

    [Fact]
    public async Task An_event_that_comes_twice_counts_once()
    {
        var id = await _app.Define("listens", ListenTwice).StartAsync("listens");

        await _app.RaiseAsync(id, "a", new { text = "first" });
        await _app.RaiseAsync(id, "a", new { text = "first again" });
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync(id));
        await _app.RaiseAsync(id, "b", new { text = "second" });

        Assert.Equal("""["first","second"]""", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
    }

    [Fact]
    public async Task An_error_that_nobody_catches_opens_one_ticket_answers_and_lets_go()
    {
        var id = await _app.Define("fails", Fails).StartAsync("fails", new { language = "de" });

        Assert.Equal("urn:test:broken", (await _app.OutcomeAsync(id)).Error!.Type);
        var ticket = Assert.Single(_app.World.Tickets.All);
        Assert.Equal((TicketType.Fault, TicketPriority.High, "operations", Sample.Conversation), (ticket.Type, ticket.Priority, ticket.Department, ticket.ConversationId));
        Assert.Contains("/do/0/broken", ticket.Summary, StringComparison.Ordinal);
        Assert.Equal("de", Assert.Single(_app.World.Outbox.Entries).Language);
        Assert.Null(_app.World.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Fact]
    public async Task An_error_beside_a_conversation_names_it_in_the_ticket_and_writes_nothing()
    {
        var id = await _app.Define("fails", Fails).StartAsync("fails", new { conversation = Sample.Conversation, language = 7 }, conversation: null);

        Assert.NotNull((await _app.OutcomeAsync(id)).Error);
        Assert.Equal(Sample.Conversation, Assert.Single(_app.World.Tickets.All).ConversationId);
        Assert.Empty(_app.World.Outbox.Entries);
    }

    [Fact]
    public async Task A_childs_error_is_the_parents_to_catch()
    {
        _app.Define("fails", Fails).Define("parent", """
              - risky:
                  try:
                    - child:
                        run: { workflow: { namespace: test, name: fails, version: latest, input: {} } }
                  catch:
                    errors: { with: { type: 'urn:test:broken' } }
                    as: error
                    do:
                      - caught:
                          set: { title: '${ $error.title }' }
            """);

        var id = await _app.StartAsync("parent");

        Assert.Equal("""{"title":"Broken"}""", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
        Assert.Empty(_app.World.Tickets.All);
    }

    [Fact]
    public async Task A_childs_error_that_nobody_catches_is_reported_once_by_the_parent()
    {
        _app.Define("fails", Fails).Define("parent", """
              - child:
                  run: { workflow: { namespace: test, name: fails, version: latest, input: {} } }
            """);

        var id = await _app.StartAsync("parent");

        Assert.Equal("urn:test:broken", (await _app.OutcomeAsync(id)).Error!.Type);
        Assert.Equal(id, Assert.Single(_app.World.Tickets.All).InstanceId);
        Assert.Null(_app.World.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Theory]
    [InlineData("no-such-workflow", "latest", "configuration")]
    [InlineData("child", "9.9.9", "configuration")]
    public async Task A_child_that_does_not_exist_is_an_error_not_a_crash(string name, string version, string type)
    {
        _app.Define("child", Fails).Define("parent", $$"""
              - child:
                  run: { workflow: { namespace: test, name: {{name}}, version: '{{version}}', input: {} } }
            """);

        var id = await _app.StartAsync("parent");

        Assert.EndsWith(type, (await _app.OutcomeAsync(id)).Error!.Type, StringComparison.Ordinal);
        Assert.Single(_app.World.Tickets.All);
    }

    [Theory]
    [InlineData(nameof(PinDefinition))]
    [InlineData(nameof(StartWorkflow))]
    public async Task A_child_that_cannot_be_started_becomes_a_ticket_and_lets_the_conversation_go(string broken)
    {
        _app.Define("child", Fails).Define("parent", """
              - child:
                  run: { await: false, workflow: { namespace: test, name: child, version: latest, input: {} } }
            """);
        _app.Throws = name => name == broken;

        var id = await _app.StartAsync("parent");
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.EndsWith("runtime", (await _app.OutcomeAsync(id)).Error!.Type, StringComparison.Ordinal);
        Assert.Single(_app.World.Tickets.All);
        Assert.Null(_app.World.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Fact]
    public async Task A_child_beside_has_the_id_of_its_ticket_or_one_of_its_caller()
    {
        _app.Define("child", ListenTwice).Define("parent", """
              - byTicket:
                  run: { await: false, workflow: { namespace: test, name: child, version: latest, input: { ticket: T-7 } } }
              - byCaller:
                  run: { await: false, workflow: { namespace: test, name: child, version: latest, input: {} } }
            """);

        var id = await _app.StartAsync("parent");

        Assert.Null((await _app.OutcomeAsync(id)).Error);
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync("child~T-7"));
        var children = new List<string>();
        await foreach (var instance in _app.Client.GetAllInstancesAsync()) children.Add(instance.InstanceId);
        Assert.Equal(3, children.Count);
        Assert.Matches($"^{id}~[0-9a-f]{{12}}$", children.Single(one => one.Contains("~m-1~", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_step_over_broken_infrastructure_is_tried_again()
    {
        var broken = 2;
        _app.Throws = name => name == "openTicket" && broken-- > 0;

        var id = await _app.StartAsync("hand-over", Letter.Of("return_item"));
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Null((await _app.OutcomeAsync(id)).Error);
        Assert.Equal(3, _app.Ran.Count(name => name == "openTicket"));
        Assert.Single(_app.World.Tickets.All);
    }

    [Theory]
    [InlineData(nameof(ReportFault))]
    [InlineData(nameof(LetConversationGo))]
    public async Task The_end_of_a_workflow_survives_broken_infrastructure(string broken)
    {
        var times = 2;
        _app.Throws = name => name == broken && times-- > 0;

        var id = await _app.Define("fails", Fails).StartAsync("fails");
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.NotNull((await _app.OutcomeAsync(id)).Error);
        Assert.Single(_app.World.Tickets.All);
        Assert.Null(_app.World.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Fact]
    public async Task What_was_given_and_not_read_goes_back_to_the_inbox()
    {
        var message = new InboundMessage { Id = "a", Channel = "mail", From = Sample.Customer, ReceivedAt = Sample.Start };
        var unread = (await _app.World.Inbox.AddAsync(message, default)).Entry.Id;
        var read = (await _app.World.Inbox.AddAsync(message with { Id = "b" }, default)).Entry.Id;
        var id = await _app.Define("listens", ListenTwice).StartAsync("listens");
        foreach (var given in new[] { unread, read }) await _app.World.Inbox.RoutedAsync(given, id, "listens", "test", asEvent: true, default);

        await _app.RaiseAsync(id, read, new { text = "1" });
        await _app.RaiseAsync(id, "other", new { text = "2" });

        Assert.Equal(OrchestrationRuntimeStatus.Completed, await _app.StatusAsync(id));
        Assert.Equal((InboxState.Received, InboxState.Routed), (_app.World.Inbox[unread].State, _app.World.Inbox[read].State));
        Assert.Equal(("inbox", unread), Assert.Single(_app.World.Queues.Sent));
    }

    [Fact]
    public async Task An_instance_finishes_on_the_version_that_it_started_with()
    {
        var id = await _app.Define("listens", ListenTwice).StartAsync("listens");
        _app.Define("listens", ListenTwice.Replace("$context + [.[0].text]", "\"new\"", StringComparison.Ordinal), "2.0.0");
        Assert.Equal("2.0.0", (await _app.Library.NewestAsync(default)).Latest("listens").Identity.Version);

        await _app.RaiseAsync(id, "a", new { text = "1" });
        await _app.RaiseAsync(id, "b", new { text = "2" });

        Assert.Equal("""["1","2"]""", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
    }
}
