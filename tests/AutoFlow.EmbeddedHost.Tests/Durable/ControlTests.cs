using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Terminate, suspend and resume.</summary>
public sealed class ControlTests
{
    private static DurableHost Family() => new DurableHost()
        .Orchestrator("Parent", async context => await context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(instanceId: "child")))
        .Orchestrator("Child", async context => await context.CallSubOrchestratorAsync<string>("Listen", null, new SubOrchestrationOptions(instanceId: "grandchild")))
        .Orchestrator("Listen", async context =>
        {
            var number = await context.WaitForExternalEvent<int>("n");
            return await context.CallActivityAsync<int>("Echo", number);
        })
        .Activity("Echo", input => input);

    [Fact]
    public async Task Terminating_ends_an_instance_with_an_output()
    {
        await using var host = await Family().StartAsync();
        var id = await host.RunAsync("Listen");
        await host.Client.TerminateInstanceAsync(id, "stopped by ops");
        var instance = await host.Client.WaitForInstanceCompletionAsync(id, true);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, instance.RuntimeStatus);
        Assert.Equal("stopped by ops", instance.ReadOutputAs<string>());
        Assert.True(instance.IsCompleted);
        await host.RaiseAsync(id, "n", 1);
        Assert.Empty(host.Ran);
    }

    [Fact]
    public async Task Terminating_reaches_children_only_where_asked()
    {
        await using var host = await Family().StartAsync();
        await host.RunAsync("Parent", id: "parent");
        await host.Client.TerminateInstanceAsync("parent");
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync("child")).RuntimeStatus);
        await host.Client.TerminateInstanceAsync("child", new TerminateInstanceOptions(Recursive: true));
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync("child")).RuntimeStatus);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync("grandchild")).RuntimeStatus);
    }

    [Fact]
    public async Task A_terminated_child_fails_its_parents_call()
    {
        await using var host = await Family().StartAsync();
        await host.RunAsync("Parent", id: "parent");
        await host.Client.TerminateInstanceAsync("child");
        await host.IdleAsync();
        var parent = await host.GetAsync("parent");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, parent.RuntimeStatus);
        Assert.Contains("terminated", parent.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Terminating_what_is_unknown_or_finished_does_nothing()
    {
        await using var host = await Family().StartAsync();
        await host.Client.TerminateInstanceAsync("no-such-id");
        var id = await host.RunAsync("Listen");
        await host.RaiseAsync(id, "n", 7);
        await host.Client.TerminateInstanceAsync(id);
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_suspended_instance_keeps_what_comes_and_goes_on_when_resumed()
    {
        await using var host = new DurableHost(inMemory: false);
        host.Registry = Family().Registry;
        await host.StartAsync();
        var id = await host.RunAsync("Listen");
        await host.Client.SuspendInstanceAsync(id, "check first");
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.GetAsync(id)).RuntimeStatus);
        await host.RaiseAsync(id, "n", 7);
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.GetAsync(id)).RuntimeStatus);
        await host.Client.ResumeInstanceAsync(id);
        await host.IdleAsync();
        Assert.Equal(7, (await host.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task A_suspended_instance_records_results_and_can_be_terminated()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                await context.CallActivityAsync("Echo");
                return null;
            })
            .Activity("Echo", _ => null)
            .StartAsync();
        var id = await host.RunAsync("Wait");
        await host.Client.SuspendInstanceAsync(id);
        await host.AdvanceAsync(TimeSpan.FromHours(2));
        Assert.Empty(host.Ran);
        await host.Client.TerminateInstanceAsync(id);
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task Suspending_an_unknown_instance_is_an_error()
    {
        await using var host = await Family().StartAsync();
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => host.Client.SuspendInstanceAsync("no-such-id"));
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => host.Client.ResumeInstanceAsync("no-such-id"));
    }
}
