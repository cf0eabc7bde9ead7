using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Fakes;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Orchestrations;

/// <summary>Events from outside and from other workflows reach those that wait for them.</summary>
public sealed class EventSubscriptionTests : IAsyncDisposable
{
    private const string Waits = """
          - wait:
              listen: { to: { one: { with: { type: shop.order.paid, data: '${ .order == "1001" }' } } } }
          - again:
              listen: { to: { one: { with: { type: shop.order.paid } } } }
              output: { as: '${ .[0].order }' }
        """;

    private readonly DurableApp _app = new();

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task An_instance_gets_the_events_of_the_type_that_it_waits_for_each_once_and_none_after_its_end()
    {
        var id = await _app.Define("waits", Waits).StartAsync("waits");
        Assert.Equal([$"{id} shop.order.paid"], _app.World.Events.Subscribed);

        await _app.TellAsync("shop.order.lost", "e-0", new { order = "1001" });
        await _app.TellAsync("shop.order.paid", "e-1", new { order = "1001" });
        await _app.TellAsync("shop.order.paid", "e-1", new { order = "1001" });
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync(id));
        await _app.TellAsync("shop.order.paid", "e-1", new { order = "1002" }, source: "/another-shop");

        Assert.Equal("\"1002\"", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
        Assert.Empty(_app.World.Events.Subscribed);
        Assert.Equal(1, _app.Ran.Count(name => name == nameof(SubscribeToEvents)));
        Assert.All(_app.World.Events.Stored, stored => Assert.True(stored.IsDone));
    }

    [Fact]
    public async Task An_event_that_is_raised_twice_counts_once()
    {
        var id = await _app.Define("waits", Waits).StartAsync("waits");
        var told = CloudEvent.Of("e-1", "shop.order.paid", "/test", Sample.Start, new { order = "1001" });

        await _app.Client.RaiseEventAsync(id, "shop.order.paid", told);
        await _app.Client.RaiseEventAsync(id, "shop.order.paid", told);
        await _app.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync(id));
    }

    [Fact]
    public async Task What_one_workflow_emits_another_one_gets()
    {
        var waits = await _app.Define("waits", """
              - wait:
                  listen: { to: { one: { with: { type: test.done } } } }
                  output: { as: '${ .[0].by }' }
            """).StartAsync("waits");
        await _app.Define("emits", """
              - tell:
                  emit: { event: { with: { type: test.done, source: /emits, data: { by: emits } } } }
            """).StartAsync("emits", conversation: null);

        await _app.RouteAsync();

        Assert.Equal("\"emits\"", (await _app.OutcomeAsync(waits)).Output!.Value.GetRawText());
    }

    [Fact]
    public async Task A_wait_without_a_type_gets_events_of_every_type_each_once()
    {
        var id = await _app.Define("waits", """
              - first:
                  listen: { to: { one: { with: { source: /shop } } } }
                  export: { as: '${ [.[0].n] }' }
              - second:
                  listen: { to: { one: { with: { type: test.named } } } }
                  export: { as: '${ $context + [.[0].n] }' }
              - third:
                  listen: { to: { one: { with: { source: /shop } } } }
                  output: { as: '${ $context + [.[0].n] }' }
            """).StartAsync("waits");
        Assert.Equal([$"{id} *", $"{id} test.named"], _app.World.Events.Subscribed);

        await _app.TellAsync("test.other", "e-0", new { n = 0 }, source: "/elsewhere");
        await _app.TellAsync("test.one", "e-1", new { n = 1 }, source: "/shop");
        await _app.TellAsync("test.named", "e-2", new { n = 2 }, source: "/shop");
        await _app.TellAsync("test.three", "e-3", new { n = 3 }, source: "/shop");

        Assert.Equal("[1,2,3]", (await _app.OutcomeAsync(id)).Output!.Value.GetRawText());
        Assert.Empty(_app.World.Events.Subscribed);
    }

    [Fact]
    public async Task The_apps_own_events_need_no_subscription()
    {
        await _app.Define("listens", """
              - one:
                  listen: { to: { one: { with: { type: autoflow.message.received } } } }
            """).StartAsync("listens");

        Assert.Empty(_app.Ran);
        Assert.Empty(_app.World.Events.Subscribed);
    }

    [Fact]
    public async Task A_killed_instance_is_forgotten_when_its_event_comes()
    {
        var id = await _app.Define("waits", Waits).StartAsync("waits");
        await _app.Client.TerminateInstanceAsync(id);
        await _app.AdvanceAsync(TimeSpan.Zero);

        await _app.TellAsync("shop.order.paid", "e-1");

        Assert.Empty(_app.World.Events.Subscribed);
        Assert.True(Assert.Single(_app.World.Events.Stored).IsDone);
    }

    [Fact]
    public async Task A_store_that_is_broken_for_an_hour_costs_no_workflow_its_subscription()
    {
        var broken = true;
        _app.Throws = name => broken && name == nameof(SubscribeToEvents);
        var id = await _app.Define("waits", Waits).StartAsync("waits");
        await _app.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Empty(_app.World.Events.Subscribed);

        broken = false;
        await _app.AdvanceAsync(TimeSpan.FromMinutes(5));

        Assert.Equal([$"{id} shop.order.paid"], _app.World.Events.Subscribed);
    }
}
