using AutoFlow.Functions.Tests.Fakes;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Understanding;
using AutoFlow.Understanding;

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

    [Fact]
    public async Task A_message_behind_one_that_never_goes_on_waits_no_longer_than_it_may_and_takes_it_along()
    {
        var (stuck, b) = (await _world.StoreAsync("a", "where is my order", "chat"), await _world.StoreAsync("b", "hi", "chat"));
        await _world.RouteAsync(stuck);
        await _world.RouteAsync(b);
        var end = _world.Time.Now + World.Policies.Routing.Burst.Within + (5 * Quiet);
        while (_world.Time.Now < end)
        {
            // The first one's keys are lost each time.
            _world.Queues.Later.RemoveAll(one => one.Text == stuck);
            await _world.PassAsync(1);
        }

        Assert.Equal("where is my order\nhi", Assert.Single(_world.Facts()).Text);
        Assert.Equal(b, _world.Inbox[stuck].ReadWith);
        Assert.Empty(_world.Queues.Later);
    }

    [Fact]
    public async Task The_sweep_does_not_double_the_key_of_a_message_that_waits()
    {
        var id = await _world.StoreAsync("a", "hi", "chat");
        await _world.RouteAsync(id);

        Assert.Single(_world.Queues.Later);
        var due = _world.Time.Now + _world.Queues.Later[0].Wait;
        Assert.Empty(await _world.Inbox.UnprocessedAsync(due, 10, default));
        Assert.Equal(id, Assert.Single(await _world.Inbox.UnprocessedAsync(due.AddSeconds(1), 10, default)).Id);
    }

    [Fact]
    public async Task A_burst_for_which_the_model_asks_to_wait_comes_again_after_the_wait()
    {
        foreach (var text in new[] { "hi", "where is my order" }) await _world.RouteAsync(await _world.StoreAsync(text, text, "chat"));
        _world.Again = new AskAgain(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(2));
        await _world.PassAsync(15);
        Assert.Empty(_world.Durable.Started);

        _world.Again = null;
        await _world.PassAsync(30);

        var facts = Assert.Single(_world.Facts());
        Assert.Equal("hi\nwhere is my order", facts.Text);
        Assert.Null(_world.Inbox[facts.InboxId].Understood!.ReviewReason);
    }

    [Fact]
    public async Task Two_likely_meanings_of_a_burst_that_one_workflow_answers_are_sure_enough()
    {
        var world = Reading(text => text.Contains('\n', StringComparison.Ordinal)
            ? Unsure(new ScoredIntent("order_status", 0.45), new ScoredIntent("delivery_problem", 0.4))
            : Unsure(new ScoredIntent("other", 0.3), null));
        await SendAsync(world, "late", "so late");

        Assert.Equal("order_status", Assert.Single(world.Facts()).Intent);
    }

    [Fact]
    public async Task What_is_kept_of_a_burst_is_one_reading_not_two()
    {
        var together = Unsure(new ScoredIntent("refund", 0.3), new ScoredIntent("complaint", 0.2)) with { ActFrom = 0.7 };
        var sure = Unsure(new ScoredIntent("order_status", 0.9), new ScoredIntent("delivery_delay", 0.05)) with { Abstained = false, ActFrom = 0.6 };

        var unsure = Reading(text => text.Contains('\n', StringComparison.Ordinal) ? together : Unsure(new ScoredIntent("other", 0.4), null));
        await SendAsync(unsure, "eh", "oh");
        var kept = unsure.Inbox[Assert.Single(unsure.Facts()).InboxId].Understood!;
        Assert.True(kept.Abstained);
        Assert.Equal((together.Intents[0], together.Alternative, together.ActFrom), (kept.Intents[0], kept.Alternative, kept.ActFrom));

        var half = Reading(text => text.Contains('\n', StringComparison.Ordinal) ? together : text == "oh" ? sure : Unsure(new ScoredIntent("other", 0.4), null));
        await SendAsync(half, "eh", "oh");
        kept = half.Inbox[Assert.Single(half.Facts()).InboxId].Understood!;
        Assert.False(kept.Abstained);
        Assert.Equal((sure.Intents[0], sure.Alternative, sure.ActFrom), (kept.Intents[0], kept.Alternative, kept.ActFrom));
    }

    [Theory]
    [InlineData("hello", "where is my parcel", "1001")]
    [InlineData("where is my parcel", "thanks", "00340434161094042557")]
    public async Task What_the_messages_name_alone_they_name_together(params string[] texts)
    {
        var world = new RoutedWorld(new BuiltInUnderstanding(SeedModel.Value, new UnderstandingOptions()));
        await SendAsync(world, texts);

        var facts = Assert.Single(world.Facts());
        Assert.Equal(string.Join('\n', texts), facts.Text);
        Assert.Contains(texts[^1], facts.OrderNumbers.Concat(facts.TrackingNumbers));
        foreach (var found in world.Inbox[facts.InboxId].Understood!.Entities.TrackingNumbers)
            Assert.True(found.Span is null || facts.Text.Substring(found.Span.Start, found.Span.Length) == found.Number);
    }

    private static async Task SendAsync(RoutedWorld world, params string[] texts)
    {
        foreach (var text in texts) await world.RouteAsync(await world.StoreAsync(text, text, "chat"));
        await world.PassAsync(20);
    }

    private static UnderstoodMessage Unsure(ScoredIntent first, ScoredIntent? second) => new()
    {
        Kind = MessageKind.Person,
        Language = "en",
        VisibleText = "",
        Intents = [first],
        Alternative = second,
        ActFrom = 0.6,
        Abstained = true,
        Entities = MessageEntities.None,
        ModelVersion = "test",
    };

    private static RoutedWorld Reading(Func<string, UnderstoodMessage> read) => new(new Reader(read));

    private sealed class Reader(Func<string, UnderstoodMessage> read) : IUnderstanding
    {
        public Task<UnderstandingResult> UnderstandAsync(InboundMessage message, CancellationToken ct) =>
            Task.FromResult(new UnderstandingResult(read(message.Text) with { VisibleText = message.Text }));
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
