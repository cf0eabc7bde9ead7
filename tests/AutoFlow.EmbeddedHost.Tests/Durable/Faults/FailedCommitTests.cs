using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
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
        await host.Database.WriteAsync(connection => connection.Execute(
            """
            CREATE TRIGGER refuse BEFORE INSERT ON history WHEN new.number = 1 AND new.instance = (SELECT key FROM instance WHERE id = 'sends')
            BEGIN SELECT RAISE(ABORT, 'This turn is refused.'); END
            """));

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

        await host.Database.WriteAsync(connection => connection.Execute("DROP TRIGGER refuse"));
        await host.ReopenAsync();
        await host.RaiseAsync("sends", "go", "on");
        await host.RaiseAsync("takes", "end", "at last");
        Assert.Equal("at last", (await host.GetAsync("takes")).ReadOutputAs<string>());
        Assert.Equal("y", (await host.GetAsync("passed-on")).ReadOutputAs<string>());
        Assert.Equal("sent", (await host.GetAsync("sends")).ReadOutputAs<string>());
    }
}
