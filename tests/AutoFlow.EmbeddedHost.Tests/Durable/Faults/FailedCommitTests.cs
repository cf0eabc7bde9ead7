using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>A commit that fails by itself: nothing of what follows from it stands in the store.</summary>
public sealed class FailedCommitTests
{
    [Fact]
    public async Task What_it_sent_was_not_sent_though_others_have_taken_it()
    {
        var took = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Echo", _ => Task.FromResult<object?>("echo"))
            .Orchestrator("Send", async context =>
            {
                await context.WaitForExternalEvent<string>("go");
                context.SendEvent("takes", "news", "x");
                return "sent";
            })
            .Orchestrator("Take", async context =>
            {
                await context.WaitForExternalEvent<string>("news");
                took.TrySetResult();
                context.SendEvent("passed-on", "news", "y");
                return await context.WaitForExternalEvent<string>("end");
            })
            .Orchestrator("Pass", async context => await context.WaitForExternalEvent<string>("news"));
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Send", id: "sends");
        await host.RunAsync("Take", id: "takes");
        await host.RunAsync("Pass", id: "passed-on");
        await RefuseAsync(host);

        // All of it is in memory before the disk sees any.
        disk.Stall();
        var other = host.Client.ScheduleNewOrchestrationInstanceAsync("Echo");
        await disk.ReachedAsync();
        var raised = host.Client.RaiseEventAsync("sends", "go", "on");
        await took.Task;
        disk.GoOn();
        await other;
        await Assert.ThrowsAnyAsync<Exception>(() => raised);
        await host.IdleAsync();
        foreach (var id in new[] { "sends", "takes", "passed-on" })
        {
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
            Assert.Empty(host.History(id).SelectMany(turn => turn.Received).OfType<EventRaised>());
        }

        await ReopenAsync(host);
        await host.RaiseAsync("sends", "go", "on");
        await host.RaiseAsync("takes", "end", "at last");
        Assert.Equal("at last", (await host.GetAsync("takes")).ReadOutputAs<string>());
        Assert.Equal("y", (await host.GetAsync("passed-on")).ReadOutputAs<string>());
        Assert.Equal("sent", (await host.GetAsync("sends")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_comes_in_one_commit_after_it_is_left_out_to_the_last()
    {
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = Host()
            .Orchestrator("Take", async context =>
            {
                await context.WaitForExternalEvent<string>("news");
                context.SendEvent("passed-on", "news", "y");
                await context.WaitForExternalEvent<string>("back");
                context.SendEvent("ends", "last", "z");
                return await context.WaitForExternalEvent<string>("end");
            })
            .Orchestrator("Pass", async context =>
            {
                await context.WaitForExternalEvent<string>("news");
                context.SendEvent("takes", "back", "y");
                return await context.WaitForExternalEvent<string>("end");
            })
            .Orchestrator("Last", async context => await SignalAsync(context, last));
        using var disk = new Disk(host);
        await host.StartAsync();
        foreach (var (name, id) in new[] { ("Send", "sends"), ("Take", "takes"), ("Pass", "passed-on"), ("Last", "ends") })
            await host.RunAsync(name, id: id);
        await RefuseAsync(host);

        // The disk gets the refused turn last in one transaction, and all that follows from it in the next.
        var (raised, before) = await RaiseBehindAsync(host, disk);
        await last.Task;
        disk.GoOn();
        await before;
        await Assert.ThrowsAnyAsync<Exception>(() => raised);
        await host.IdleAsync();
        foreach (var id in new[] { "sends", "takes", "passed-on", "ends" })
        {
            Assert.Equal([0], host.History(id).Select(turn => turn.Number));
            Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
        }

        await ReopenAsync(host);
        await host.RaiseAsync("sends", "go", "on");
        await host.RaiseAsync("takes", "end", "at last");
        Assert.Equal("at last", (await host.GetAsync("takes")).ReadOutputAs<string>());
        Assert.Equal("z", (await host.GetAsync("ends")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_another_has_sent_to_who_follows_from_it_is_there_after_the_next_start()
    {
        var (took, last) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var host = Host()
            .Orchestrator("Kid", async context => await context.WaitForExternalEvent<string>("finish"))
            .Orchestrator("Take", async context =>
            {
                var kid = context.CallSubOrchestratorAsync<string>("Kid", options: new SubOrchestrationOptions(instanceId: "kid"));
                await context.WaitForExternalEvent<string>("news");
                context.SendEvent("signals", "last", "x");
                var said = await kid;
                context.SendEvent("ends", "last", "z");
                return said;
            })
            .Orchestrator("Signal", async context => await SignalAsync(context, took))
            .Orchestrator("Last", async context => await SignalAsync(context, last));
        using var disk = new Disk(host);
        await host.StartAsync();
        foreach (var (name, id) in new[] { ("Send", "sends"), ("Take", "takes"), ("Signal", "signals"), ("Last", "ends") })
            await host.RunAsync(name, id: id);
        await RefuseAsync(host);

        var (raised, before) = await RaiseBehindAsync(host, disk);
        await took.Task;
        var finished = host.Client.RaiseEventAsync("kid", "finish", "grown");
        await last.Task;
        disk.GoOn();
        await before;
        await Assert.ThrowsAnyAsync<Exception>(() => raised);
        await finished;
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync("kid")).RuntimeStatus);
        Assert.Equal([0], host.History("takes").Select(turn => turn.Number));

        await ReopenAsync(host);
        await host.RaiseAsync("sends", "go", "on");
        Assert.Equal("grown", (await host.GetAsync("takes")).ReadOutputAs<string>());
    }

    private static DurableHost Host() => new DurableHost(inMemory: false) { MaxWritesPerCommit = 4 }
        .Orchestrator("Echo", _ => Task.FromResult<object?>("echo"))
        .Orchestrator("Send", async context =>
        {
            await context.WaitForExternalEvent<string>("go");
            context.SendEvent("takes", "news", "x");
            return "sent";
        });

    // It runs when what it follows from is on its way to the disk.
    private static async Task<object?> SignalAsync(TaskOrchestrationContext context, TaskCompletionSource ran)
    {
        var said = await context.WaitForExternalEvent<string>("last");
        ran.TrySetResult();
        return said;
    }

    /// <summary>Raises the event whose turn is refused, while the disk stands still, as the last write of a full transaction.</summary>
    private static async Task<(Task Raised, Task Before)> RaiseBehindAsync(DurableHost host, Disk disk)
    {
        disk.Stall();
        var other = host.Client.ScheduleNewOrchestrationInstanceAsync("Echo");
        await disk.ReachedAsync();
        var fill = Enumerable.Range(0, 3).Select(_ => host.Database.WriteAsync(_ => true)).ToList();
        var raised = host.Client.RaiseEventAsync("sends", "go", "on");
        return (raised, Task.WhenAll([other, .. fill]));
    }

    private static Task<int> RefuseAsync(DurableHost host) => host.Database.WriteAsync(connection => connection.Execute(
        """
        CREATE TRIGGER refuse BEFORE INSERT ON history WHEN new.number = 1 AND new.instance = (SELECT key FROM instance WHERE id = 'sends')
        BEGIN SELECT RAISE(ABORT, 'This turn is refused.'); END
        """));

    private static async Task ReopenAsync(DurableHost host)
    {
        await host.Database.WriteAsync(connection => connection.Execute("DROP TRIGGER refuse"));
        await host.ReopenAsync();
    }
}
