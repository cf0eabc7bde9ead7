using AutoFlow.Functions.Events;
using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Events;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.Functions.Tests.Events;

/// <summary>An instance subscribes in its first turn, and a host may show it only after that turn is written.</summary>
public sealed class UnseenInstanceTests
{
    private readonly World _world = new();
    private readonly EventRouter _router;

    public UnseenInstanceTests() => _router = new EventRouter(_world.Events, _world.Events, _world.Time, NullLogger<EventRouter>.Instance);

    [Fact]
    public async Task An_event_waits_for_an_instance_that_has_subscribed_and_is_not_seen_yet()
    {
        var key = await StoredAsync("child", "other");
        _world.Durable["other"] = OrchestrationRuntimeStatus.Running;

        await Assert.ThrowsAsync<InvalidOperationException>(() => _router.RouteAsync(key, _world.Durable, default));
        // Nobody waits because of somebody else.
        Assert.Equal("other", Assert.Single(_world.Durable.Mailbox).Id);
        _world.Time.Now += TimeSpan.FromSeconds(10);
        _world.Durable["child"] = OrchestrationRuntimeStatus.Running;
        await _router.RouteAsync(key, _world.Durable, default);

        Assert.Contains("child", _world.Durable.Mailbox.Select(mail => mail.Id));
        Assert.True(Assert.Single(_world.Events.Stored).IsDone);
        Assert.Equal(["child test.a", "other test.a"], _world.Events.Subscribed);
    }

    [Fact]
    public async Task One_that_is_not_seen_for_long_is_forgotten_before_the_queue_gives_up()
    {
        var key = await StoredAsync("purged");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _router.RouteAsync(key, _world.Durable, default));
        _world.Time.Now += TimeSpan.FromSeconds(20);
        await _router.RouteAsync(key, _world.Durable, default);

        Assert.Empty(_world.Events.Subscribed);
        Assert.True(Assert.Single(_world.Events.Stored).IsDone);
    }

    [Fact]
    public async Task One_that_ends_between_the_look_and_the_event_holds_nobody_up()
    {
        var key = await StoredAsync("ending", "other");
        _world.Durable["ending"] = _world.Durable["other"] = OrchestrationRuntimeStatus.Running;
        _world.Gate.Before = operation =>
        {
            if (operation == "durable.raise") _world.Durable["ending"] = OrchestrationRuntimeStatus.Completed;
            return Task.CompletedTask;
        };

        await _router.RouteAsync(key, _world.Durable, default);

        Assert.Equal("other", Assert.Single(_world.Durable.Mailbox).Id);
        Assert.Equal(["other test.a"], _world.Events.Subscribed);
    }

    private async Task<string> StoredAsync(params string[] subscribers)
    {
        foreach (var one in subscribers) await _world.Events.AddAsync(one, "test.a", default);
        var stored = new IncomingEvent("/test", "e-1", "test.a", CloudEvent.Of("e-1", "test.a", "/test", Sample.Start, 1).GetRawText());
        await _world.Events.AddAsync([stored], default);
        return stored.Key;
    }
}
