using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Tests that measure the memory of the process run by themselves: what others hold would count too.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Measuring
{
    public const string Name = "measuring memory";
}

/// <summary>What events cost that an instance has no room for.</summary>
[Collection(Measuring.Name)]
public sealed class EventMemoryTests
{
    [Fact]
    public async Task What_is_refused_stays_neither_in_memory_nor_in_the_store()
    {
        await using var host = await EventLimitTests.FullAsync();
        var letter = new string('x', 50_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var count = 0; count < 2_000; count++)
            await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync("listens", "n", letter));
        await host.IdleAsync();
        var grown = GC.GetTotalMemory(forceFullCollection: true) - before;

        // 200 MB were refused.
        Assert.True(grown < 60_000_000, $"{grown} bytes more.");
        Assert.Equal(0L, host.Database.Read(connection => connection.Scalar("SELECT count(*) FROM inbox")));
        Assert.Equal(DurableLimits.MaxBufferedEvents, host.History("listens").SelectMany(turn => turn.Received).OfType<EventRaised>().Count());
    }
}
