using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class WaitTests
{
    private static readonly TimeSpan TwoSeconds = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task Waiting_for_the_end_takes_two_seconds_at_the_least()
    {
        await using var host = await Faults.Engine(Faults.None).Orchestrator("Run", _ => Task.FromResult<object?>(1)).StartAsync();
        var id = await host.RunAsync("Run");

        var waiting = host.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
        await host.AdvanceAsync(TwoSeconds - TimeSpan.FromMilliseconds(1));
        Assert.False(waiting.IsCompleted);
        await host.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, (await waiting).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Waiting_for_the_start_takes_as_long_and_the_end_is_seen_at_the_next_look()
    {
        await using var host = await Faults.Engine(Faults.None)
            .Orchestrator("Wait", async context => await context.WaitForExternalEvent<object?>("go"))
            .StartAsync();
        var id = await host.RunAsync("Wait");
        var (started, ended) = (host.Client.WaitForInstanceStartAsync(id), host.Client.WaitForInstanceCompletionAsync(id));

        Assert.False(started.IsCompleted);
        await host.AdvanceAsync(TwoSeconds);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await started).RuntimeStatus);
        await host.RaiseAsync(id, "go");
        Assert.False(ended.IsCompleted);
        await host.AdvanceAsync(TwoSeconds);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await ended).RuntimeStatus);
    }
}
