using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Queues;
using AutoFlow.EmbeddedHost.Triggers.Queue;
using AutoFlow.Tests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class MessageLeaseTests
{
    [Fact]
    public async Task A_message_stays_hidden_while_its_function_runs_for_hours_and_comes_back_after()
    {
        var length = TimeSpan.FromMinutes(10);
        var time = new VirtualTime();
        await using var database = HostDatabase.Open(":memory:");
        using var connections = EmbeddedQueueConformanceTests.Connections(new ConfigurationBuilder().Build(), database, time);
        var queue = connections.Service(null).GetQueueClient("orders");
        await queue.CreateAsync();
        await queue.SendMessageAsync("x");
        var message = (await queue.ReceiveMessageAsync(length)).Value;
        using var lease = new MessageLease(queue, message, length, time, NullLogger.Instance);

        for (var minute = 0; minute < 180; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(SpinWait.SpinUntil(() => time.PendingTimers == 1, TestHost.Patience), "the next renewal was not set");
            Assert.Empty((await queue.PeekMessagesAsync()).Value);
        }

        var receipt = await lease.EndAsync();
        Assert.NotEqual(message.PopReceipt, receipt);
        time.Advance(length);
        Assert.Single((await queue.PeekMessagesAsync()).Value);
        await queue.DeleteMessageAsync(message.MessageId, receipt);
    }
}
