using System.Globalization;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>A disk that is slow: callers wait for it, what waits shares commits, and the work that runs ahead of it is bounded.</summary>
public sealed class SlowDiskTests
{
    [Fact]
    public async Task Callers_wait_and_share_the_next_commit()
    {
        var runs = 0;
        await using var host = new DurableHost(inMemory: false);
        using var disk = new Disk(host);
        await host.Orchestrator("Echo", context =>
            {
                Interlocked.Increment(ref runs);
                return Task.FromResult<object?>(context.GetInput<int>());
            })
            .StartAsync();
        await host.RunAsync("Echo", 0, "first");
        disk.Stall();
        var held = host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", 1, new StartOrchestrationOptions("held"));
        await disk.ReachedAsync();
        var commits = disk.Commits.Count;
        var callers = Enumerable.Range(0, 200)
            .Select(number => host.Client.ScheduleNewOrchestrationInstanceAsync("Echo", number, new StartOrchestrationOptions($"e-{number}")))
            .ToList();
        // Turns go ahead of the disk: those of a slow machine too must wait there before it goes on.
        while (Volatile.Read(ref runs) < 202)
            await Task.Yield();
        Assert.DoesNotContain(callers.Append(held), caller => caller.IsCompleted);
        Assert.Equal(1, await host.Client.GetAllInstancesAsync().CountAsync());
        disk.GoOn();
        await Task.WhenAll([held, .. callers]);
        await host.IdleAsync();
        Assert.Equal(202, await host.Client.GetAllInstancesAsync(new OrchestrationQuery(Statuses: [OrchestrationRuntimeStatus.Completed])).CountAsync());
        Assert.True(disk.Commits.Count - commits < 60, $"{disk.Commits.Count - commits} commits for 201 callers.");
    }

    [Fact]
    public async Task An_activity_begins_only_when_its_turn_is_on_the_disk()
    {
        await using var host = new DurableHost(inMemory: false);
        using var disk = new Disk(host);
        await host.Orchestrator("One", async context => await context.CallActivityAsync<int>("Work", 1))
            .Activity("Work", _ => 1)
            .StartAsync();
        disk.Stall();
        var started = host.Client.ScheduleNewOrchestrationInstanceAsync("One", new StartOrchestrationOptions("one"));
        await disk.ReachedAsync();
        Assert.Empty(host.Ran);
        Assert.False(started.IsCompleted);
        disk.GoOn();
        await started;
        await host.IdleAsync();
        Assert.Single(host.Ran);
    }

    [Fact]
    public async Task The_results_that_wait_for_the_disk_are_bounded()
    {
        // A thousand results may wait; the activities that run then are added.
        const int Most = 1_000 + 4;
        var begun = 0;
        await using var host = new DurableHost(inMemory: false);
        using var disk = new Disk(host);
        var stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        host.Orchestrator("Fan", async context =>
        {
            await Task.WhenAll(Enumerable.Range(0, 3_000).Select(number => context.CallActivityAsync<int>("Work", number)));
            return "all";
        });
        host.Registry.AddActivity("Work", async (call, _) =>
        {
            // The first stalls the disk; the others wait for that, so that no result is recorded before.
            if (int.Parse(call.InputJson!, CultureInfo.InvariantCulture) == 0)
            {
                disk.Stall();
                stalled.SetResult();
            }

            await stalled.Task;
            return Interlocked.Increment(ref begun);
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Fan");
        await stalled.Task;
        await disk.ReachedAsync();

        // No more happens: only the disk can let it go on, and it does not.
        var most = await AtRestAsync(() => Volatile.Read(ref begun));
        Assert.InRange(most, 1, Most);
        disk.GoOn();
        await host.IdleAsync();
        Assert.Equal("all", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Equal(3_000, begun);
    }

    /// <summary>The value once it has stayed the same for many turns of the thread pool.</summary>
    private static async Task<int> AtRestAsync(Func<int> value)
    {
        for (var (last, same) = (value(), 0); ;)
        {
            await Task.Yield();
            await Task.Run(() => { });
            var now = value();
            (last, same) = now == last ? (last, same + 1) : (now, 0);
            if (same == 2_000)
                return now;
        }
    }
}
