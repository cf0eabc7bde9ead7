using AutoFlow.EmbeddedHost.Queues;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Triggers;
using AutoFlow.Tests;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class RedeliveryTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    public sealed class Texts(Probe probe)
    {
        [Function("TakeText")]
        public void Take([QueueTrigger("texts")] string text, FunctionContext context) =>
            probe.Tell($"{text} {context.BindingContext.BindingData["DequeueCount"]}");
    }

    [Fact]
    public async Task A_message_that_was_handled_comes_again_and_its_dequeue_count_grows_until_it_completes()
    {
        var (probe, time) = (new Probe(), new VirtualTime());
        await using var host = await TestHost.StartAsync(Faults.Host(Faults.None with { MessagesAgain = 1 }, probe, time), typeof(Texts));

        await host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("texts").SendMessageAsync("x");

        // Never so often that it would go to the poison queue.
        for (var count = 1; count <= 5; count++)
            Assert.Equal($"x {count}", await NextAsync(host, probe, time));
        await CompletedAsync(host);
        Assert.True(probe.IsSilent);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains("poison", StringComparison.Ordinal));
    }

    [Fact]
    public void Some_messages_come_again_always_the_same_ones_and_after_different_waits()
    {
        var redelivery = new Redelivery(Faults.None with { MessagesAgain = 0.25 }, "texts", 5);
        var same = new Redelivery(Faults.None with { MessagesAgain = 0.25 }, "texts", 5);
        var messages = Enumerable.Range(0, 400).Select(number => Message($"m{number}")).ToList();

        var waits = messages.ConvertAll(redelivery.Again);

        Assert.Equal(waits, messages.ConvertAll(same.Again));
        Assert.InRange(waits.Count(wait => wait is not null), 60, 140);
        Assert.Equal([TimeSpan.Zero, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)], waits.OfType<TimeSpan>().Distinct().Order());
    }

    private static QueueMessage Message(string body) => QueuesModelFactory.QueueMessage("id", "receipt", BinaryData.FromString(body), 1);

    /// <summary>The next delivery. The clock moves only when the listener sleeps until then, and never past the lease of what runs.</summary>
    private static async Task<string> NextAsync(TestHost host, Probe probe, VirtualTime time)
    {
        var store = host.Services.GetRequiredService<EmbeddedQueueStore>();
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (probe.IsSilent)
        {
            if (store.NextVisibleAt("texts") is { } due && time.HasTimerAt(due) && due - time.GetUtcNow() is var left && left <= LongestWait)
                time.Advance(left);
            await Task.Delay(10, patience.Token);
        }

        return await probe.NextAsync();
    }

    private static async Task CompletedAsync(TestHost host)
    {
        var queue = host.Services.GetRequiredService<QueueServiceClient>().GetQueueClient("texts");
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while ((await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0)
            await Task.Delay(10, patience.Token);
    }
}
