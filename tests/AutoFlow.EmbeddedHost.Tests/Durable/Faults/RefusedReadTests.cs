using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>The disk refuses reads for a while: what could not be read is read again, and all goes on by itself.</summary>
public sealed class RefusedReadTests
{
    [Fact]
    public async Task Timers_that_could_not_be_read_are_read_again_though_another_is_set_meanwhile()
    {
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
                return "fired";
            });
        using var disk = new Disk(host);
        disk.RefuseReads(nameof(IOrchestrationStore.Timers));
        await host.StartAsync();
        var id = await host.RunAsync("Wait");
        disk.RefuseReads(null);
        await host.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal("fired", (await host.GetAsync(id)).ReadOutputAs<string>());
    }
}
