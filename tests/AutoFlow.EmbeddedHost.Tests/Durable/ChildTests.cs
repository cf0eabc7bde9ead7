using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class ChildTests
{
    [Fact]
    public async Task A_child_returns_to_its_parent_and_knows_it()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>(
                "Child", "x", new SubOrchestrationOptions(instanceId: "child-1") { Tags = new Dictionary<string, string> { ["order"] = "1001" } }))
            .Orchestrator("Child", async context =>
                $"{await context.CallActivityAsync<string>("Echo", context.GetInput<string>())} of {context.Parent?.Name} {context.Parent?.InstanceId}")
            .Activity("Echo", _ => "y")
            .StartAsync();
        var parent = await host.GetAsync(await host.RunAsync("Parent", id: "parent-1"));
        Assert.Equal("y of Parent parent-1", parent.ReadOutputAs<string>());
        Assert.Equal("1001", (await host.GetAsync("child-1")).Tags["order"]);
    }

    [Fact]
    public async Task Children_without_an_id_get_one_that_replays()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context =>
            {
                var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => context.CallSubOrchestratorAsync<int>("Child", number)));
                return all.Sum();
            })
            .Orchestrator("Child", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(context.GetInput<int>()), CancellationToken.None);
                return context.GetInput<int>();
            })
            .StartAsync();
        var id = await host.RunAsync("Parent");
        await host.AdvanceAsync(TimeSpan.FromHours(5));
        Assert.Equal(10, (await host.GetAsync(id)).ReadOutputAs<int>());
        Assert.Equal(6, await host.Client.GetAllInstancesAsync().CountAsync());
    }

    [Fact]
    public async Task A_childs_failure_fails_the_call()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    return await context.CallSubOrchestratorAsync<string>("Child");
                }
                catch (TaskFailedException failed)
                {
                    return $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}";
                }
            })
            .Orchestrator("Child", _ => throw new InvalidOperationException("no"))
            .StartAsync();
        Assert.Equal("Child: no", (await host.GetAsync(await host.RunAsync("Parent"))).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_failed_child_is_started_afresh_by_the_retry()
    {
        var runs = 0;
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>(
                "Child", options: new SubOrchestrationOptions(new RetryPolicy(3, TimeSpan.FromMinutes(1)), "child-1")))
            .Orchestrator("Child", async context => await context.CallActivityAsync<string>("Flaky"))
            .Activity("Flaky", _ => ++runs == 3 ? "third" : throw new TimeoutException())
            .StartAsync();
        var id = await host.RunAsync("Parent");
        await host.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("third", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_whose_id_is_live_fails_the_call_and_is_left_alone()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Listen", null, new SubOrchestrationOptions(instanceId: "taken")))
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<string>("go"))
            .StartAsync();
        await host.RunAsync("Listen", id: "taken");
        var parent = await host.GetAsync(await host.RunAsync("Parent"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, parent.RuntimeStatus);
        Assert.True(parent.FailureDetails!.InnerFailure!.IsCausedBy<OrchestrationAlreadyExistsException>());
        await host.RaiseAsync("taken", "go", "mine");
        Assert.Equal("mine", (await host.GetAsync("taken")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_child_of_an_earlier_generation_does_not_answer_a_later_one()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Parent", async context =>
            {
                if (context.GetInput<int>() == 0)
                {
                    _ = context.CallSubOrchestratorAsync<string>("Listen", null, new SubOrchestrationOptions(instanceId: "old"));
                    context.ContinueAsNew(1);
                    return null;
                }

                return await context.CallSubOrchestratorAsync<string>("Listen", null, new SubOrchestrationOptions(instanceId: "new"));
            })
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<string>("go"))
            .StartAsync();
        var id = await host.RunAsync("Parent", 0);
        await host.RaiseAsync("old", "go", "from the old child");
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
        await host.RaiseAsync("new", "go", "from the new child");
        Assert.Equal("from the new child", (await host.GetAsync(id)).ReadOutputAs<string>());
    }
}
