using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task It_starts_over_with_the_new_input_and_an_empty_history()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Loop", async context =>
            {
                var round = context.GetInput<int>();
                await context.CallActivityAsync("Note", round);
                if (round == 5)
                    return "done";
                context.ContinueAsNew(round + 1);
                return null;
            })
            .Activity("Note", _ => null)
            .StartAsync();
        var id = await host.RunAsync("Loop", 0);
        Assert.Equal("done", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Equal(Enumerable.Range(0, 6).Select(round => $"Note({round})"), host.Ran);
        Assert.Equal(2, host.History(id).Count);
    }

    [Fact]
    public async Task Events_that_nobody_waited_for_go_over_in_their_order_before_later_ones()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Take", async context =>
            {
                var got = context.GetInput<List<int>>() ?? [];
                got.Add(await context.WaitForExternalEvent<int>("n"));
                if (got.Count == 6)
                    return got;
                if (got.Count == 1)
                    await context.WaitForExternalEvent<object>("go");
                context.ContinueAsNew(got);
                return null;
            })
            .StartAsync();
        var id = await host.RunAsync("Take");
        for (var number = 1; number <= 4; number++)
            await host.RaiseAsync(id, "n", number);
        await host.RaiseAsync(id, "go");
        await host.RaiseAsync(id, "n", 5);
        await host.RaiseAsync(id, "n", 6);
        Assert.Equal("[1,2,3,4,5,6]", (await host.GetAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task Events_are_dropped_where_the_code_says_so()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Drop", async context =>
            {
                if (context.GetInput<bool>())
                    return await context.WaitForExternalEvent<int>("n");
                await context.WaitForExternalEvent<object>("go");
                context.ContinueAsNew(true, preserveUnprocessedEvents: false);
                return null;
            })
            .StartAsync();
        var id = await host.RunAsync("Drop");
        await host.RaiseAsync(id, "n", 1);
        await host.RaiseAsync(id, "go");
        await host.RaiseAsync(id, "n", 2);
        Assert.Equal(2, (await host.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Old_timers_and_results_do_not_reach_the_new_generation()
    {
        var release = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost();
        host.Registry.AddActivity("Slow", async (_, _) => await release.Task);
        host.Orchestrator("Again", async context =>
        {
            if (!context.GetInput<bool>())
            {
                _ = context.CallActivityAsync("Slow");
                _ = context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                await context.WaitForExternalEvent<object>("go");
                context.ContinueAsNew(true);
                return null;
            }

            var first = await Task.WhenAny(
                Named("event 0", context.WaitForExternalEvent<object>("zero")), Named("timer 0", context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None)));
            return await first;
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Again");
        await host.Client.RaiseEventAsync(id, "go");
        release.SetResult("late");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("timer 0", (await host.GetAsync(id)).ReadOutputAs<string>());

        static async Task<string> Named(string name, Task task)
        {
            await task;
            return name;
        }
    }

    [Fact]
    public async Task Custom_status_and_parent_stay()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Child", 0, new SubOrchestrationOptions(instanceId: "child")))
            .Orchestrator("Child", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    context.SetCustomStatus("first round");
                    context.ContinueAsNew(1);
                    return null;
                }

                await context.WaitForExternalEvent<object>("go");
                return context.Parent?.InstanceId;
            })
            .StartAsync();
        var id = await host.RunAsync("Parent", id: "parent");
        Assert.Equal("first round", (await host.GetAsync("child")).ReadCustomStatusAs<string>());
        await host.RaiseAsync("child", "go");
        Assert.Equal("parent", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Ids_differ_from_generation_to_generation_at_the_same_time()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Ids", context =>
            {
                var ids = context.GetInput<List<Guid>>() ?? [];
                ids.Add(context.NewGuid());
                if (ids.Count < 3)
                    context.ContinueAsNew(ids);
                return Task.FromResult<object?>(ids);
            })
            .StartAsync();
        var ids = (await host.GetAsync(await host.RunAsync("Ids"))).ReadOutputAs<List<Guid>>()!;
        Assert.Equal(3, ids.Distinct().Count());
    }
}
