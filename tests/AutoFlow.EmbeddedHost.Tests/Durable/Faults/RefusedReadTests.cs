using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>The disk refuses reads for a while: what could not be read is read again, and all goes on by itself.</summary>
public sealed class RefusedReadTests
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Timers_that_could_not_be_read_are_read_again_while_others_are_set_all_the_time()
    {
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromSeconds(3), CancellationToken.None);
                return "fired";
            });
        using var disk = new Disk(host);
        disk.RefuseReads(nameof(IOrchestrationStore.Timers));
        await host.StartAsync();
        var id = await host.RunAsync("Wait");
        disk.RefuseReads(null);
        for (var half = 0; half < 10; half++)
        {
            await host.AdvanceAsync(TimeSpan.FromSeconds(0.5));
            await host.RunAsync("Wait");
        }

        Assert.Equal("fired", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_result_whose_turn_could_not_read_is_recorded_by_a_stop()
    {
        await using var host = new DurableHost(inMemory: false)
        {
            Options = new() { MaxInstancesInMemory = 0, StopGrace = TimeSpan.FromMinutes(1) },
        };
        using var disk = new Disk(host);
        host.Orchestrator("Kid", async context => await context.WaitForExternalEvent<string>("finish"))
            .Orchestrator("Call", async context => await context.CallSubOrchestratorAsync<string>("Kid"));
        await host.StartAsync();
        await host.RunAsync("Call", id: "call");
        var key = host.Engine.Store.Find("call")!.Key;
        disk.RefuseReads(nameof(IOrchestrationStore.Find));
        host.Engine.Post(new AnswerMessage("call", new TaskOf(key, 0, 0), new TaskCompleted(0, "\"worked\"")));
        await host.IdleAsync();
        Assert.Contains(host.Logs.Lines, line => line.Contains("Instance 'call' could not be read; it is tried again", StringComparison.Ordinal));
        disk.RefuseReads(null);
        await host.Engine.StopAsync(CancellationToken.None);
        await host.ReopenAsync();
        await host.IdleAsync();

        Assert.Equal("worked", (await host.GetAsync("call")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_turn_that_could_not_read_is_refused_to_the_client_and_the_instance_goes_on()
    {
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<string>("go"));
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Listen", id: "listens");
        disk.RefuseReads(nameof(IOrchestrationStore.Children));
        await Assert.ThrowsAnyAsync<Exception>(() => host.Client.TerminateInstanceAsync("listens", new TerminateInstanceOptions(Recursive: true)));
        disk.RefuseReads(null);
        var raised = host.Client.RaiseEventAsync("listens", "go", "on");
        await host.AdvanceAsync(Retry);
        await raised;
        Assert.Equal("on", (await host.GetAsync("listens")).ReadOutputAs<string>());
        Assert.Contains(host.Logs.Lines, line => line.Contains("Instance 'listens' could not be read; it is tried again", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Logs.Lines, line => line.Contains("set aside", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_rewind_that_could_not_read_leaves_the_failed_instance_as_it_was()
    {
        var works = false;
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Call", async context => await context.CallActivityAsync<string>("Work"))
            .Activity("Work", _ => works ? "done" : throw new TimeoutException("Not yet."));
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Call", id: "call");
        disk.RefuseReads(nameof(IOrchestrationStore.Turns));
        await Assert.ThrowsAnyAsync<Exception>(() => host.Client.RewindInstanceAsync("call", "again"));
        disk.RefuseReads(null);
        works = true;
        var rewound = host.Client.RewindInstanceAsync("call", "again");
        await host.AdvanceAsync(Retry);
        await rewound;
        await host.IdleAsync();
        Assert.Equal("done", (await host.GetAsync("call")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task What_waited_for_the_start_and_what_was_left_running_are_not_lost_with_the_turn()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Both", async context =>
            {
                var work = context.CallActivityAsync<string>("Work");
                return await context.WaitForExternalEvent<string>("go") + await work;
            });
        host.Registry.AddActivity("Work", async (_, ct) =>
        {
            if (begun.TrySetResult())
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            return "worked";
        });
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Both", new StartOrchestrationOptions("both"));
        await begun.Task;
        await host.CloseAsync();
        host.Open();
        await host.Client.RaiseEventAsync("both", "go", "heard, ");
        disk.RefuseReads(nameof(IOrchestrationStore.Turns));
        await host.Engine.StartAsync(CancellationToken.None);
        await host.IdleAsync();
        disk.RefuseReads(null);
        var ends = host.Client.WaitForInstanceCompletionAsync("both", getInputsAndOutputs: true);
        await host.AdvanceAsync(Retry);
        Assert.Equal("heard, worked", (await ends.WaitAsync(TimeSpan.FromMinutes(1))).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Turns_that_are_not_on_the_disk_yet_are_waited_for_before_it_is_read_again()
    {
        await using var host = new DurableHost(inMemory: false)
            .Orchestrator("Listen", async context =>
            {
                await context.WaitForExternalEvent<string>("one");
                return await context.WaitForExternalEvent<string>("two");
            });
        using var disk = new Disk(host);
        await host.StartAsync();
        await host.RunAsync("Listen", id: "listens");
        disk.Stall();
        host.Engine.Post(new SignalMessage("listens", new EventRaised("one", null)) { InboxKey = 1_000_001 });
        await disk.ReachedAsync();
        disk.RefuseReads(nameof(IOrchestrationStore.Children));
        host.Engine.Post(new SignalMessage("listens", new ExecutionTerminated(null, Recursive: true)) { InboxKey = 1_000_002 });
        await Task.Run(() =>
        {
            // The only thing that the clock has to do is to try again.
            while (!host.Time.Step(host.Time.GetUtcNow() + Retry))
                Thread.Yield();
        }).WaitAsync(TimeSpan.FromMinutes(1));
        disk.RefuseReads(null);
        disk.GoOn();
        await host.Client.WaitForInstanceCompletionAsync("listens").WaitAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync("listens")).RuntimeStatus);
        Assert.Equal(["one"], host.History("listens").SelectMany(turn => turn.Received).OfType<EventRaised>().Select(raised => raised.Name));
    }
}
