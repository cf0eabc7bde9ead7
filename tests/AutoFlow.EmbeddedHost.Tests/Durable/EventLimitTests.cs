using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Events that wait for an instance which does not read them.</summary>
public sealed class EventLimitTests
{
    private const string Full = "The event 'n' was not taken: 10000 events wait for the instance 'listens', which does not read them. Let it read them, or terminate it.";

    private static async Task<object?> ListenAsync(TaskOrchestrationContext context)
    {
        var sum = 0L;
        var read = 0;
        while (await context.WaitForExternalEvent<int>("read") is > 0 and var count)
        {
            for (; count > 0; count--, read++)
                sum += await context.WaitForExternalEvent<int>("n");
            context.SetCustomStatus(new { read, sum });
        }

        return sum;
    }

    /// <summary>A host whose instance "listens" has as many events waiting as it may.</summary>
    internal static async Task<DurableHost> FullAsync(int inMemory = 1_000)
    {
        var host = await new DurableHost { Options = new DurableOptions { MaxInstancesInMemory = inMemory } }
            .Orchestrator("Listen", ListenAsync)
            .StartAsync();
        await host.RunAsync("Listen", id: "listens");
        await Task.WhenAll(Enumerable.Range(1, DurableLimits.MaxBufferedEvents).Select(number => host.Client.RaiseEventAsync("listens", "n", number)));
        return host;
    }

    [Theory]
    [InlineData(1_000)]
    [InlineData(0)]
    public async Task The_client_is_told_that_there_is_no_room_and_there_is_again_when_some_were_read(int inMemory)
    {
        await using var host = await FullAsync(inMemory);
        await RefusedAsync(host);
        await host.RunAsync("Listen", id: "beside");
        await host.RaiseAsync("beside", "n", 5);
        await host.RaiseAsync("beside", "read", 1);
        Assert.Equal("""{"read":1,"sum":5}""", (await host.GetAsync("beside")).SerializedCustomStatus);

        // What it waits for comes in all the same: it could never read otherwise.
        await host.RaiseAsync("listens", "READ", 2);
        Assert.Equal("""{"read":2,"sum":3}""", (await host.GetAsync("listens")).SerializedCustomStatus);
        await host.RaiseAsync("listens", "n", 10_001);
        await host.RaiseAsync("listens", "n", 10_002);
        await RefusedAsync(host);
        await host.RaiseAsync("listens", "read", DurableLimits.MaxBufferedEvents);
        await host.RaiseAsync("listens", "read", 0);
        Assert.Equal(10_002L * 10_003 / 2, (await host.GetAsync("listens")).ReadOutputAs<long>());
    }

    [Fact]
    public async Task A_suspended_instance_buffers_no_more_and_can_be_resumed()
    {
        await using var host = await FullAsync();
        await host.Client.SuspendInstanceAsync("listens");
        Assert.Equal(Full.Replace("'n'", "'read'", StringComparison.Ordinal), (await Assert.ThrowsAsync<InvalidOperationException>(() => host.RaiseAsync("listens", "read", 1))).Message);
        await host.Client.ResumeInstanceAsync("listens");
        await host.RaiseAsync("listens", "read", 1);
        Assert.Equal("""{"read":1,"sum":1}""", (await host.GetAsync("listens")).SerializedCustomStatus);
        await host.Client.TerminateInstanceAsync("listens", "given up");
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync("listens")).RuntimeStatus);
    }

    [Fact]
    public async Task An_instance_that_starts_later_keeps_as_many()
    {
        await using var host = await new DurableHost().Orchestrator("Listen", ListenAsync).StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", null, new StartOrchestrationOptions("listens", host.Time.GetUtcNow().AddHours(1)));
        await Task.WhenAll(Enumerable.Range(1, DurableLimits.MaxBufferedEvents).Select(number => host.Client.RaiseEventAsync("listens", "n", number)));
        await RefusedAsync(host);
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await host.RaiseAsync("listens", "read", DurableLimits.MaxBufferedEvents);
        Assert.Equal("""{"read":10000,"sum":50005000}""", (await host.GetAsync("listens")).SerializedCustomStatus);
    }

    private static async Task RefusedAsync(DurableHost host)
        => Assert.Equal(Full, (await Assert.ThrowsAsync<InvalidOperationException>(() => host.RaiseAsync("listens", "n", 0))).Message);
}
