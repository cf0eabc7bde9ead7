using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Tests.Durable.Faults;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>More timers than may be at work at once fall due during a standstill: they come a few at a time, and all of them come.</summary>
public sealed class TimerBacklogTests
{
    private const int Most = 4;
    private const int Limit = Most * TimerClock.BacklogPerTimer;
    private const int Instances = 3 * Limit;

    private static DurableHost Host() => new(inMemory: false)
    {
        Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 2, MaxTimersAtOnce = Most },
    };

    [Fact]
    public async Task No_more_are_on_their_way_than_a_page()
    {
        var most = 0;
        await using var host = Host();
        using var disk = new Disk(host);
        host.Orchestrator("Wait", async context =>
        {
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            if (!context.IsReplaying)
                InterlockedMax(ref most, host.Engine.PostedTimers);
            return "fired";
        });
        await StandStillAsync(host);
        disk.Stall();
        await host.Engine.StartAsync(CancellationToken.None);
        await disk.ReachedAsync();
        Assert.InRange(host.Engine.PostedTimers, 1, Most);
        disk.GoOn();
        await AllEndAsync(host);
        Assert.InRange(most, 1, Most);
        Assert.Equal(0, host.Engine.PostedTimers);
    }

    [Fact]
    public async Task None_is_read_while_many_activities_wait_that_timers_have_asked_for()
    {
        var most = 0;
        await using var host = Host()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await context.CallActivityAsync<string>("Work");
            });
        host.Registry.AddActivity("Work", (_, _) =>
        {
            // One runs at a time: while it does nothing but turns goes on, and each lets all of them end.
            for (var (same, last) = (0, -1); same < 200; last = host.Engine.WaitingActivities)
            {
                Thread.Yield();
                same = last == host.Engine.WaitingActivities && host.Engine.PostedTimers == 0 ? same + 1 : 0;
            }

            InterlockedMax(ref most, host.Engine.WaitingActivities);
            return Task.FromResult<object?>("worked");
        });
        await StandStillAsync(host);
        await host.Engine.StartAsync(CancellationToken.None);
        await AllEndAsync(host);

        // Those that the last page before the limit has asked for, and those of the page that was read below it.
        Assert.InRange(most, Limit, Limit + (2 * Most));
    }

    private static void InterlockedMax(ref int most, int now)
    {
        for (var seen = Volatile.Read(ref most); now > seen;)
            seen = Interlocked.CompareExchange(ref most, now, seen) is var before && before == seen ? now : before;
    }

    private static async Task StandStillAsync(DurableHost host)
    {
        await host.StartAsync();
        for (var number = 0; number < Instances; number++)
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Wait", new StartOrchestrationOptions($"wait-{number}"));
        await host.IdleAsync();
        await host.CloseAsync();
        host.Time.Set(host.Time.GetUtcNow().AddHours(2));
        host.Open();
    }

    private static async Task AllEndAsync(DurableHost host)
    {
        await host.IdleAsync();
        Assert.Equal(
            Instances, await host.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed])).CountAsync());
    }
}
