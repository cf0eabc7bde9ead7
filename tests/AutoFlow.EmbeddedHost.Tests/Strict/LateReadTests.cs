using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class LateReadTests
{
    [Fact]
    public async Task The_first_look_after_a_turn_shows_what_was_before_and_the_next_one_what_is()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait");

        Assert.Equal([OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Running], await LooksAsync(host, id));
        await host.RaiseAsync(id, "go");
        Assert.Equal([OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Completed], await LooksAsync(host, id));
    }

    [Fact]
    public async Task A_second_later_everything_is_seen()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait");

        await host.AdvanceAsync(TimeSpan.FromSeconds(1.1));

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_start_is_seen_at_once_also_in_place_of_an_instance_that_has_just_ended()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait", id: "order-1");
        await host.RaiseAsync(id, "go");

        await host.Client.ScheduleNewOrchestrationInstanceAsync("Later", new StartOrchestrationOptions(id, host.Time.GetUtcNow() + TimeSpan.FromHours(1)));

        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await host.GetAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task An_event_to_an_instance_whose_row_still_says_that_it_runs_is_lost_in_silence()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait");
        await host.RaiseAsync(id, "go");

        await host.RaiseAsync(id, "go");

        await Assert.ThrowsAsync<RemoteCallException>(() => host.RaiseAsync(id, "go"));
    }

    [Fact]
    public async Task A_child_is_not_there_until_its_first_turn_is_written()
    {
        DurableHost? host = null;
        var seen = new List<OrchestrationRuntimeStatus?>();
        await using var made = host = Faults.Engine(Faults.None with { ReadsLate = 1 })
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<object?>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", async context => await context.CallActivityAsync<object?>("Look"));
        host.Registry.AddActivity("Look", async (_, ct) =>
        {
            seen.Add((await host.Client.GetInstanceAsync("child", ct))?.RuntimeStatus);
            seen.Add((await host.Client.GetInstanceAsync("child", ct))?.RuntimeStatus);
            return null;
        });
        await host.StartAsync();

        await host.RunAsync("Parent");

        Assert.Equal([null, OrchestrationRuntimeStatus.Running], seen);
    }

    private static async Task<DurableHost> WaitingAsync() => await Faults.Engine(Faults.None with { ReadsLate = 1 })
        .Orchestrator("Wait", async context => await context.WaitForExternalEvent<object?>("go"))
        .Orchestrator("Later", _ => Task.FromResult<object?>(1))
        .StartAsync();

    private static async Task<List<OrchestrationRuntimeStatus>> LooksAsync(DurableHost host, string id)
    {
        var looks = new List<OrchestrationRuntimeStatus>();
        for (var look = 0; look < 3; look++)
            looks.Add((await host.GetAsync(id)).RuntimeStatus);
        return looks;
    }
}
