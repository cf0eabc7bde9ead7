using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_live_id_is_refused_at_the_call_by_an_exception_of_one_type_or_another()
    {
        await using var host = await WaitingAsync();
        var refusals = new HashSet<Type>();

        for (var number = 0; number < 20; number++)
        {
            var id = await host.RunAsync("Wait", id: $"order-{number}");
            refusals.Add((await Assert.ThrowsAnyAsync<Exception>(() => host.RunAsync("Wait", id: id))).GetType());
        }

        Assert.Equal([nameof(OrchestrationAlreadyExistsException), nameof(RemoteCallException)], refusals.Select(type => type.Name).Order());
    }

    [Fact]
    public async Task An_unknown_id_gives_null_and_takes_no_event()
    {
        await using var host = await WaitingAsync();

        Assert.Null(await host.Client.GetInstanceAsync("nobody"));
        var refused = await Assert.ThrowsAsync<RemoteCallException>(() => host.RaiseAsync("nobody", "go"));

        Assert.Equal(RemoteCallException.NotFound, refused.Status);
    }

    [Fact]
    public async Task A_finished_instance_takes_no_event_and_is_not_ended_again()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait");
        await host.RaiseAsync(id, "go");
        Assert.True((await host.GetAsync(id)).IsCompleted);

        var refused = await Assert.ThrowsAsync<RemoteCallException>(() => host.RaiseAsync(id, "go"));
        Assert.Equal(RemoteCallException.FailedPrecondition, refused.Status);
        await Assert.ThrowsAsync<RemoteCallException>(() => host.Client.TerminateInstanceAsync(id));
        await Assert.ThrowsAsync<RemoteCallException>(() => host.Client.SuspendInstanceAsync(id));
        await Assert.ThrowsAsync<RemoteCallException>(() => host.Client.ResumeInstanceAsync(id));
    }

    [Fact]
    public async Task A_live_instance_is_suspended_resumed_and_terminated_as_ever()
    {
        await using var host = await WaitingAsync();
        var id = await host.RunAsync("Wait");

        await host.Client.SuspendInstanceAsync(id);
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await host.GetAsync(id)).RuntimeStatus);
        await host.Client.ResumeInstanceAsync(id);
        await host.Client.TerminateInstanceAsync(id);
        await host.IdleAsync();

        Assert.Equal(OrchestrationRuntimeStatus.Terminated, (await host.GetAsync(id)).RuntimeStatus);
    }

    private static async Task<DurableHost> WaitingAsync() => await Faults.Engine(Faults.None)
        .Orchestrator("Wait", async context => await context.WaitForExternalEvent<object?>("go"))
        .StartAsync();
}
