using AutoFlow.Functions.Messages;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class MessageRouterTests
{
    private readonly RoutedWorld _world = new();

    [Fact]
    public async Task A_message_starts_the_workflow_that_serves_its_intent()
    {
        var id = await _world.StoreAsync();

        await _world.RouteAsync(id);

        var (instance, input) = Assert.Single(_world.Durable.Started);
        var start = Assert.IsType<WorkflowStart>(input);
        Assert.Equal($"where-is-my-order~{id}", instance);
        Assert.Equal((Sample.Conversation, id), (start.ConversationId, start.InboxId));
        Assert.Equal((await _world.Library.NewestAsync(default)).Latest("where-is-my-order").Hash, start.DefinitionHash);
        Assert.Equal(InboxState.Routed, _world.Inbox[id].State);
        Assert.Equal(instance, _world.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Fact]
    public async Task A_message_of_an_open_conversation_goes_to_its_instance_as_an_event()
    {
        _world.FirstIsAtWork();
        var id = await _world.StoreAsync();

        await _world.RouteAsync(id);

        Assert.Equal(RoutedWorld.First, Assert.Single(_world.Durable.Mailbox).Id);
        Assert.Empty(_world.Durable.Started);
        Assert.True(_world.Inbox[id] is { State: InboxState.Routed, AsEvent: true });
    }

    [Fact]
    public async Task A_conversation_whose_instance_was_killed_and_purged_is_let_go()
    {
        var first = await _world.StoreAsync();
        await _world.RouteAsync(first);
        _world.Durable.Purge($"where-is-my-order~{first}");
        var second = await _world.StoreAsync("b");

        // Azure's hosts show an instance late: for a while it may only not be seen yet.
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RouteAsync(second));
        _world.Time.Now += TimeSpan.FromHours(1);
        await _world.RouteAsync(second);

        Assert.Equal([$"where-is-my-order~{first}", $"where-is-my-order~{second}"], _world.Durable.Started.Select(one => one.Id));
        Assert.Equal($"where-is-my-order~{second}", _world.Conversations[Sample.Conversation].OpenInstanceId);
    }

    [Fact]
    public async Task A_conversation_that_was_claimed_and_whose_instance_was_never_started_is_waited_for()
    {
        var first = await _world.StoreAsync();
        _world.Conversations[Sample.Conversation] = _world.Conversations[Sample.Conversation] with { OpenInstanceId = $"where-is-my-order~{first}" };
        var second = await _world.StoreAsync("b");
        _world.Time.Now += TimeSpan.FromDays(100);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RouteAsync(second));

        Assert.Empty(_world.Durable.Started);
    }

    [Theory]
    [InlineData(MessageKind.AutoReply)]
    [InlineData(MessageKind.Bounce)]
    [InlineData(MessageKind.MailingList)]
    [InlineData(MessageKind.Spam)]
    [InlineData(MessageKind.OwnMail)]
    public async Task What_no_person_wrote_is_kept_and_never_answered(MessageKind kind)
    {
        _world.Kind = kind;
        _world.FirstIsAtWork();
        var id = await _world.StoreAsync();

        await _world.RouteAsync(id);

        Assert.Equal(InboxState.Ignored, _world.Inbox[id].State);
        Assert.Empty(_world.Durable.Started);
        Assert.Empty(_world.Durable.Mailbox);
    }

    [Fact]
    public async Task A_message_for_which_the_model_asks_to_wait_comes_again_after_the_wait()
    {
        _world.Again = new AskAgain(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2));
        var id = await _world.StoreAsync();

        await _world.RouteAsync(id);

        Assert.Equal((QueueNames.Inbox, id, TimeSpan.FromSeconds(20)), Assert.Single(_world.Queues.Later));
        Assert.Equal(InboxState.Received, _world.Inbox[id].State);
        Assert.Null(_world.Inbox[id].Understood);
        Assert.Empty(_world.Durable.Started);
        // The delayed key is on its way: the sweep of no worker doubles it.
        Assert.Empty(await _world.Inbox.UnprocessedAsync(_world.Time.Now.AddSeconds(20), 10, default));
        Assert.Single(await _world.Inbox.UnprocessedAsync(_world.Time.Now.AddSeconds(21), 10, default));

        (_world.Again, _world.Time.Now) = (null, _world.Time.Now.AddSeconds(20));
        await _world.RouteAsync(id);

        Assert.Single(_world.Durable.Started);
        Assert.Null(_world.Inbox[id].Understood!.ReviewReason);
    }

    [Fact]
    public async Task A_message_that_has_waited_long_enough_is_acted_on_with_what_was_understood()
    {
        _world.Again = new AskAgain(TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2));
        var id = await _world.StoreAsync();
        for (var tries = 0; _world.Inbox[id].State == InboxState.Received && tries < 10; tries++, _world.Time.Now += TimeSpan.FromSeconds(30)) await _world.RouteAsync(id);

        Assert.Equal(4, _world.Queues.Later.Count);
        Assert.Single(_world.Durable.Started);
        Assert.Equal("the model asks to wait", _world.Inbox[id].Understood!.ReviewReason);
    }

    [Fact]
    public async Task Killed_before_any_operation_a_message_that_is_put_off_is_taken_once()
    {
        for (var survived = 0; ; survived++)
        {
            var world = new RoutedWorld { Again = new AskAgain(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2)) };
            var id = await world.StoreAsync();
            world.Gate.DieAfter(survived);
            var killed = await Record.ExceptionAsync(() => world.RouteAsync(id));
            world.Gate.Live();
            world.Again = null;

            // The present delivery was not acknowledged; the delayed one may be there too.
            if (killed is not null) await world.RouteAsync(id);
            foreach (var (_, delayed, _) in world.Queues.Later) await world.RouteAsync(delayed);

            Assert.Equal(1, world.Taken(id));
            if (killed is null) break;
        }
    }

    [Fact]
    public async Task An_unknown_key_is_dropped()
    {
        await _world.RouteAsync("m-none");

        Assert.Empty(_world.Durable.Started);
    }

    [Theory]
    [InlineData(OrchestrationRuntimeStatus.Completed)]
    [InlineData(OrchestrationRuntimeStatus.Failed)]
    [InlineData(OrchestrationRuntimeStatus.Terminated)]
    public async Task A_conversation_of_an_instance_that_is_over_starts_anew(OrchestrationRuntimeStatus status)
    {
        _world.FirstIsAtWork();
        _world.Durable[RoutedWorld.First] = status;
        var id = await _world.StoreAsync();

        await _world.RouteAsync(id);

        Assert.EndsWith(id, Assert.Single(_world.Durable.Started).Id, StringComparison.Ordinal);
        Assert.Empty(_world.Durable.Mailbox);
    }

    [Fact]
    public async Task An_instance_terminated_between_the_look_and_the_event_loses_nothing()
    {
        _world.FirstIsAtWork();
        var id = await _world.StoreAsync();
        var seen = 0;
        _world.Gate.Before = operation =>
        {
            if (operation == "durable.get" && ++seen == 2) _world.Durable[RoutedWorld.First] = OrchestrationRuntimeStatus.Terminated;
            return Task.CompletedTask;
        };

        await _world.RouteAsync(id);

        Assert.Equal(1, _world.Taken(id));
    }

    [Fact]
    public async Task A_conversation_claimed_by_an_instance_that_has_not_started_is_tried_again()
    {
        var (first, second) = (await _world.StoreAsync(), await _world.StoreAsync("b"));
        var claimed = InstanceIds.ForMessage("where-is-my-order", first);
        _world.Conversations[Sample.Conversation] = _world.Conversations[Sample.Conversation] with { OpenInstanceId = claimed };

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.RouteAsync(second));
        Assert.Equal(InboxState.Received, _world.Inbox[second].State);
        await _world.RouteAsync(first);
        await _world.RouteAsync(second);

        Assert.Equal(claimed, Assert.Single(_world.Durable.Started).Id);
        Assert.Equal(claimed, Assert.Single(_world.Durable.Mailbox).Id);
    }

    [Fact]
    public async Task A_message_given_and_not_read_comes_back_and_starts_anew()
    {
        _world.FirstIsAtWork();
        var (read, unread) = (await _world.StoreAsync(), await _world.StoreAsync("b"));
        await _world.RouteAsync(read);
        await _world.FirstReadsAndMissesAsync(unread);

        await _world.DeliverAsync();

        Assert.Equal([read], _world.ReadByFirst);
        Assert.EndsWith(unread, Assert.Single(_world.Durable.Started).Id, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Killed_before_any_operation_a_message_is_taken_once_by_its_next_delivery(bool open)
    {
        for (var survived = 0; ; survived++)
        {
            var world = new RoutedWorld();
            if (open) world.FirstIsAtWork();
            var id = await world.StoreAsync();
            world.Gate.DieAfter(survived);
            var killed = await Record.ExceptionAsync(() => world.RouteAsync(id));
            world.Gate.Live();

            await world.RouteAsync(id);
            if (open) await world.FirstEndsAsync();
            await world.DeliverAsync();

            Assert.Equal(1, world.Taken(id));
            if (killed is null) break;
            Assert.IsType<KilledException>(killed);
        }
    }

    /// <summary>The instance ends, or is ended, between the kill and the next delivery; and between its last read and its end a delivery may fall.</summary>
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Killed_before_any_operation_while_the_instance_ends_a_message_is_taken_once(bool terminated, bool early)
    {
        for (var survived = 0; ; survived++)
        {
            var world = new RoutedWorld();
            world.FirstIsAtWork();
            var id = await world.StoreAsync();
            if (early)
            {
                // It ends while the message is on its way: after the router has seen it at work.
                world.Gate.Before = async operation =>
                {
                    if (operation != "inbox.routed") return;
                    world.Gate.Live();
                    await world.FirstEndsAsync();
                };
                var seen = await Record.ExceptionAsync(() => world.RouteAsync(id));
                Assert.Null(seen);
                await world.DeliverAsync();
                Assert.Equal(1, world.Taken(id));
                return;
            }

            world.Gate.DieAfter(survived);
            var killed = await Record.ExceptionAsync(() => world.RouteAsync(id));
            world.Gate.Live();
            if (terminated) world.Durable[RoutedWorld.First] = OrchestrationRuntimeStatus.Terminated;
            else await world.FirstEndsAsync();

            await world.RouteAsync(id);
            await world.DeliverAsync();
            foreach (var row in await world.Inbox.UnprocessedAsync(DateTimeOffset.MaxValue, 10, default)) await world.RouteAsync(row.Id);

            // What a terminated instance was handed and had not read stays with it (a known gap): it is not started twice.
            var handed = terminated && world.Inbox[id] is { State: InboxState.Routed, InstanceId: RoutedWorld.First };
            Assert.Equal(handed ? 0 : 1, world.Taken(id));
            Assert.True(!handed || world.Durable.Mailbox.Count > 0);
            if (killed is null) break;
        }
    }

    [Fact]
    public async Task Killed_before_any_operation_of_letting_go_nothing_is_lost()
    {
        for (var survived = 0; ; survived++)
        {
            var world = new RoutedWorld();
            world.FirstIsAtWork();
            var id = await world.StoreAsync();
            await world.RouteAsync(id);
            world.Durable.Mailbox.Clear();
            world.Gate.DieAfter(survived);
            var killed = await Record.ExceptionAsync(world.FirstEndsAsync);
            world.Gate.Live();
            if (killed is not null) await world.FirstEndsAsync();
            await world.DeliverAsync();
            // What was returned and not enqueued is found by the sweep.
            foreach (var row in await world.Inbox.UnprocessedAsync(DateTimeOffset.MaxValue, 10, default)) await world.RouteAsync(row.Id);

            Assert.Equal(1, world.Taken(id));
            if (killed is null) break;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_killed_process_marked_and_did_not_hand_over_is_found_without_its_queue_message(bool open)
    {
        if (open) _world.FirstIsAtWork();
        var id = await _world.StoreAsync();
        _world.Gate.Before = operation => operation is "durable.start" or "durable.raise" ? throw new KilledException(operation) : Task.CompletedTask;
        await Assert.ThrowsAsync<KilledException>(() => _world.RouteAsync(id));
        _world.Gate.Live();
        Assert.Equal(InboxState.Routed, _world.Inbox[id].State);

        // The storage queue holds the message back for ten minutes: the process that took it could still be at work.
        Assert.Equal([id], (await _world.Inbox.UnprocessedAsync(DateTimeOffset.MaxValue, 10, default)).Select(row => row.Id));
        await _world.RouteAsync(id);

        Assert.Equal(1, _world.Durable.Started.Count + _world.Durable.Mailbox.Count);
        Assert.Empty(await _world.Inbox.UnprocessedAsync(DateTimeOffset.MaxValue, 10, default));
    }

    [Fact]
    public async Task Delivered_many_times_a_message_is_taken_once()
    {
        var id = await _world.StoreAsync();
        for (var i = 0; i < 3; i++) await _world.RouteAsync(id);

        Assert.Single(_world.Durable.Started);
    }

    [Fact]
    public async Task A_message_that_comes_while_its_instance_ends_is_taken_once_in_every_order()
    {
        var orders = await Interleavings.ForAllAsync(async () =>
        {
            var world = new RoutedWorld();
            world.FirstIsAtWork();
            var id = await world.StoreAsync();
            return (world.Gate, [() => world.RouteAsync(id), world.FirstEndsAsync], () => TakenOnceAsync(world, id));
        },
        operation => operation is not ("inbox.understood" or "queue.inbox"));

        Assert.True(orders > 100, $"only {orders} orders");
    }

    [Fact]
    public async Task Two_messages_of_a_conversation_at_once_share_one_instance_in_every_order()
    {
        var orders = await Interleavings.ForAllAsync(async () =>
        {
            var world = new RoutedWorld();
            var (a, b) = (await world.StoreAsync(), await world.StoreAsync("b"));
            return (world.Gate, [() => WithRetryAsync(world, a), () => WithRetryAsync(world, b)], async () =>
            {
                await world.RouteAsync(a);
                await world.RouteAsync(b);
                Assert.Single(world.Durable.Started);
                Assert.NotEmpty(world.Durable.Mailbox);
            }
            );
        },
        operation => !operation.StartsWith("inbox.", StringComparison.Ordinal));

        Assert.True(orders > 50, $"only {orders} orders");
    }

    [Fact]
    public async Task Delivered_twice_at_once_while_its_instance_ends_a_message_counts_once()
    {
        // Every order of three would be too many: the second delivery comes at every moment of the first two in a row.
        for (var at = 0; at < 24; at++)
        {
            var world = new RoutedWorld();
            world.FirstIsAtWork();
            var id = await world.StoreAsync();
            await AtEveryMoment(world, id, at);
            await world.DeliverAsync();
            // One moment is left: the second delivery raises, and the whole end of the instance passes, between the first one's mark and its look.
            Assert.InRange(world.Taken(id), 1, at == 5 ? 2 : 1);
        }
    }

    private static async Task AtEveryMoment(RoutedWorld world, string id, int at)
    {
        var (passed, inside) = (0, false);
        world.Gate.Before = async _ =>
        {
            if (inside || passed++ != at) return;
            inside = true;
            await world.RouteAsync(id);
            await world.FirstEndsAsync();
            inside = false;
        };
        await world.RouteAsync(id);
        world.Gate.Live();
        if (world.Durable[RoutedWorld.First] == OrchestrationRuntimeStatus.Running) await world.FirstEndsAsync();
    }

    private static async Task TakenOnceAsync(RoutedWorld world, string id)
    {
        await world.DeliverAsync();
        await world.RouteAsync(id);
        Assert.Equal(1, world.Taken(id));
    }

    /// <summary>The queue delivers again what failed; in a fake this is a state left as Received.</summary>
    private static async Task WithRetryAsync(RoutedWorld world, string id)
    {
        try
        {
            await world.RouteAsync(id);
        }
        catch (InvalidOperationException)
        {
            Assert.Equal(InboxState.Received, world.Inbox[id].State);
        }
    }
}
