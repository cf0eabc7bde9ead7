using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;

namespace AutoFlow.Functions.Tests.Messages;

public sealed class MessageBurstTests
{
    private static readonly TimeSpan Quiet = World.Policies.Routing.Burst.Quiet;
    private readonly RoutedWorld _world = new();

    [Theory]
    [InlineData("chat")]
    [InlineData("mail")]
    public async Task Three_short_messages_are_read_together_and_answered_once(string channel)
    {
        // In a mailbox the clear one waits for nobody, so it comes last; in a chat all wait, in any order.
        string[] texts = channel == "chat" ? ["hi", "where is my order", "1001"] : ["hi", "1001", "where is my order"];
        var ids = new List<string>();
        foreach (var text in texts)
        {
            ids.Add(await _world.StoreAsync(text, text, channel));
            await _world.RouteAsync(ids[^1]);
            await _world.PassAsync(1);
        }

        await _world.PassAsync(20);

        var facts = Assert.Single(_world.Facts());
        Assert.Equal(string.Join('\n', texts), facts.Text);
        Assert.Equal(("order_status", "1001"), (facts.Intent, Assert.Single(facts.OrderNumbers)));
        Assert.All(ids, id => Assert.Equal(InboxState.Routed, _world.Inbox[id].State));
        Assert.Equal(2, ids.Count(id => _world.Inbox[id].ReadWith == ids[texts.Index().First(one => one.Item == "where is my order").Index]));
        Assert.Empty(_world.Durable.Mailbox);
        Assert.Empty(_world.Queues.Later);
    }

    [Fact]
    public async Task Files_of_all_messages_count()
    {
        foreach (var (text, files) in new[] { ("hi", 0), ("where is my order", 0), ("look", 2) })
            await _world.RouteAsync(await _world.StoreAsync(text, text, "chat", files));

        await _world.PassAsync(20);

        Assert.Equal(2, Assert.Single(_world.Facts()).AttachmentCount);
    }

    [Theory]
    [InlineData("mail", "Hello, where is my order?")]
    [InlineData("mail", "Hello")]
    [InlineData("chat", "where is my order 1001")]
    public async Task A_message_that_says_enough_waits_for_nobody(string channel, string text)
    {
        await _world.RouteAsync(await _world.StoreAsync("a", text, channel));

        Assert.Single(_world.Durable.Started);
        Assert.Empty(_world.Queues.Later);
    }

    [Fact]
    public async Task A_long_message_that_nobody_understands_waits_for_nobody()
    {
        await _world.RouteAsync(await _world.StoreAsync("a", new string('x', World.Policies.Routing.Burst.ShortUpTo + 1), "chat"));

        Assert.Single(_world.Durable.Started);
    }

    [Fact]
    public async Task A_short_message_alone_is_handed_over_after_a_moment()
    {
        await _world.RouteAsync(await _world.StoreAsync("a", "hi"));
        Assert.Empty(_world.Durable.Started);
        Assert.Equal(Quiet, Assert.Single(_world.Queues.Later).Wait);

        await _world.PassAsync((int)Quiet.TotalSeconds);

        Assert.StartsWith(World.Policies.Routing.HandOver, Assert.Single(_world.Durable.Started).Id, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_never_stops_writing_is_answered_all_the_same()
    {
        for (var i = 0; i < 100; i++)
        {
            await _world.RouteAsync(await _world.StoreAsync($"{i}", $"and {i}", "chat"));
            await _world.PassAsync(3);
        }

        Assert.NotEmpty(_world.Durable.Started);
    }

    [Fact]
    public async Task A_short_answer_goes_to_the_instance_at_work_at_once()
    {
        _world.FirstIsAtWork();
        await _world.RouteAsync(await _world.StoreAsync("a", "1001", "chat"));

        Assert.Equal(RoutedWorld.First, Assert.Single(_world.Durable.Mailbox).Id);
        Assert.Empty(_world.Queues.Later);
    }

    [Fact]
    public async Task Two_clear_wishes_are_not_made_one()
    {
        await _world.RouteAsync(await _world.StoreAsync("a", "where is my order", "chat"));
        await _world.RouteAsync(await _world.StoreAsync("b", "cancel my order", "chat"));

        await _world.PassAsync(20);

        Assert.Equal("where is my order", Assert.Single(_world.Facts()).Text);
        Assert.Single(_world.Durable.Mailbox);
    }

    [Fact]
    public async Task Killed_before_any_operation_a_burst_is_taken_once()
    {
        for (var survived = 0; ; survived++)
        {
            var world = new RoutedWorld();
            var ids = new List<string>();
            foreach (var text in new[] { "hi", "where is my order", "1001" }) ids.Add(await world.StoreAsync(text, text, "chat"));
            var killed = await Record.ExceptionAsync(async () =>
            {
                world.Gate.DieAfter(survived);
                foreach (var id in ids) await world.RouteAsync(id);
                await world.PassAsync(20);
            });
            world.Gate.Live();
            // What the queue held is delivered again, and the sweep finds what it lost.
            foreach (var id in ids) await world.RouteAsync(id);
            for (var sweep = 0; sweep < 4; sweep++)
            {
                await world.PassAsync(10);
                foreach (var row in await world.Inbox.UnprocessedAsync(DateTimeOffset.MaxValue, 10, default)) await world.RouteAsync(row.Id);
            }

            Assert.Equal("hi\nwhere is my order\n1001", Assert.Single(world.Facts()).Text);
            Assert.Empty(world.Durable.Mailbox);
            Assert.All(ids, id => Assert.Equal(InboxState.Routed, world.Inbox[id].State));
            if (killed is null) break;
            Assert.IsType<KilledException>(killed);
        }
    }

    [Fact]
    public async Task Two_messages_of_a_burst_delivered_at_once_start_one_workflow_in_every_order()
    {
        var orders = await Interleavings.ForAllAsync(async () =>
        {
            var world = new RoutedWorld();
            var (a, b) = (await world.StoreAsync("a", "hi", "chat"), await world.StoreAsync("b", "where is my order", "chat"));
            await world.RouteAsync(a);
            await world.RouteAsync(b);
            world.Time.Now += Quiet;
            return (world.Gate, [() => WithRetryAsync(world, a), () => WithRetryAsync(world, b)], async () =>
            {
                await world.RouteAsync(a);
                await world.RouteAsync(b);
                await world.PassAsync(20);
                Assert.Equal("hi\nwhere is my order", Assert.Single(world.Facts()).Text);
                Assert.Equal(b, world.Inbox[a].ReadWith);
            }
            );
        },
        operation => operation is not ("inbox.understood" or "inbox.standing"));

        Assert.True(orders > 20, $"only {orders} orders");
    }

    [Fact]
    public async Task Two_deliveries_of_one_message_of_a_burst_lose_no_words_in_any_order()
    {
        var orders = await Interleavings.ForAllAsync(async () =>
        {
            var world = new RoutedWorld();
            var (a, b) = (await world.StoreAsync("a", "hi", "chat"), await world.StoreAsync("b", "where is my order", "chat"));
            await world.RouteAsync(a);
            await world.RouteAsync(b);
            world.Time.Now += Quiet;
            return (world.Gate, [() => WithRetryAsync(world, b), () => WithRetryAsync(world, b)], async () =>
            {
                await world.RouteAsync(b);
                await world.PassAsync(20);
                Assert.Equal("hi\nwhere is my order", Assert.Single(world.Facts()).Text);
                Assert.Equal(b, world.Inbox[a].ReadWith);
            }
            );
        },
        operation => operation is "inbox.understood" or "inbox.standing" or "inbox.together" or "inbox.routed");

        Assert.True(orders > 20, $"only {orders} orders");
    }

    [Fact]
    public async Task What_joins_a_message_between_two_looks_of_its_deliveries_reaches_the_workflow()
    {
        var b = await _world.StoreAsync("b", "where is my order", "chat");
        await _world.RouteAsync(b);
        _world.Time.Now += Quiet;
        var came = false;
        _world.Gate.Before = async operation =>
        {
            // The first delivery saw the message alone and is about to claim the conversation.
            if (came || operation != "conversations.claim") return;
            came = true;
            await _world.RouteAsync(await _world.StoreAsync("c", "hi", "chat"));
            _world.Time.Now += Quiet;
            _world.Gate.Before = inner => inner == "inbox.routed" ? throw new KilledException(inner) : Task.CompletedTask;
            await Assert.ThrowsAsync<KilledException>(() => _world.RouteAsync(b));
            _world.Gate.Live();
        };

        await _world.RouteAsync(b);

        Assert.Equal("where is my order\nhi", Assert.Single(_world.Facts()).Text);
    }

    /// <summary>A message that finds its conversation claimed and not yet started fails, and the queue delivers it again.</summary>
    private static async Task WithRetryAsync(RoutedWorld world, string id)
    {
        try
        {
            await world.RouteAsync(id);
        }
        catch (InvalidOperationException)
        {
            Assert.Empty(world.Durable.Started);
        }
    }
}
