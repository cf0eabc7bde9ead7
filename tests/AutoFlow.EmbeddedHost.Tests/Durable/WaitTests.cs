using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Who waits for an instance is told from memory what the store would say.</summary>
public sealed class WaitTests
{
    private static async Task<DurableHost> StartAsync(bool inMemory = true) => await new DurableHost(inMemory)
        .Orchestrator("Listen", async context =>
        {
            context.SetCustomStatus("waits");
            return await context.WaitForExternalEvent<string>("go") is "fail" ? throw new TimeoutException("no") : (object)"done";
        })
        .StartAsync();

    private static async Task<string> ListenAsync(DurableHost host, string id)
    {
        var options = new StartOrchestrationOptions(id) { Tags = new Dictionary<string, string> { ["order"] = "1001" } };
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", "input", options, CancellationToken.None);
        await host.IdleAsync();
        return id;
    }

    private static void Same(OrchestrationMetadata expected, OrchestrationMetadata told)
    {
        Assert.Equal((expected.Name, expected.InstanceId, expected.RuntimeStatus), (told.Name, told.InstanceId, told.RuntimeStatus));
        Assert.Equal((expected.CreatedAt, expected.LastUpdatedAt), (told.CreatedAt, told.LastUpdatedAt));
        Assert.Equal(expected.Tags, told.Tags);
        Assert.Equal((expected.SerializedInput, expected.SerializedOutput, expected.SerializedCustomStatus), (told.SerializedInput, told.SerializedOutput, told.SerializedCustomStatus));
    }

    [Theory]
    [InlineData("go", false)]
    [InlineData("fail", false)]
    [InlineData("terminate", false)]
    [InlineData("go", true)]
    [InlineData("fail", true)]
    [InlineData("terminate", true)]
    public async Task Who_waits_before_is_told_what_the_store_says(string end, bool payloads)
    {
        await using var host = await StartAsync();
        var id = await ListenAsync(host, "a");
        await host.AdvanceAsync(TimeSpan.FromMinutes(3));
        var waits = host.Client.WaitForInstanceCompletionAsync(id, payloads);
        Assert.False(waits.IsCompleted);

        await EndAsync(host, id, end);

        Same(await host.Client.GetInstanceAsync(id, payloads) ?? throw new InvalidOperationException(), await waits);
    }

    [Fact]
    public async Task Who_waits_for_what_was_read_from_the_store_is_told_the_same()
    {
        await using var host = await StartAsync(inMemory: false);
        var id = await ListenAsync(host, "a");
        await host.ReopenAsync();
        var waits = host.Client.WaitForInstanceCompletionAsync(id);

        await host.AdvanceAsync(TimeSpan.FromMinutes(3));
        await EndAsync(host, id, "go");

        Same(await host.Client.GetInstanceAsync(id) ?? throw new InvalidOperationException(), await waits);
        Same(await waits, await host.Client.WaitForInstanceCompletionAsync(id));
    }

    [Fact]
    public async Task Who_waits_for_a_later_instance_of_the_id_is_told_of_that_one()
    {
        await using var host = await StartAsync();
        var id = await ListenAsync(host, "a");
        await EndAsync(host, id, "fail");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await ListenAsync(host, id);
        var waits = host.Client.WaitForInstanceCompletionAsync(id);

        await EndAsync(host, id, "go");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await waits).RuntimeStatus);
        Same(await host.Client.GetInstanceAsync(id) ?? throw new InvalidOperationException(), await waits);
    }

    [Fact]
    public async Task A_wait_for_the_start_ends_with_the_start_and_one_for_what_is_purged_is_told_so()
    {
        await using var host = await StartAsync();
        var later = new StartOrchestrationOptions("a", host.Time.GetUtcNow() + TimeSpan.FromHours(1));
        await host.Client.ScheduleNewOrchestrationInstanceAsync("Listen", null, later, CancellationToken.None);
        var starts = host.Client.WaitForInstanceStartAsync("a");
        await host.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.False(starts.IsCompleted);

        await host.AdvanceAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(OrchestrationRuntimeStatus.Running, (await starts).RuntimeStatus);
        await EndAsync(host, "a", "go");
        await host.Client.PurgeInstanceAsync("a");
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => host.Client.WaitForInstanceCompletionAsync("a"));
    }

    private static async Task EndAsync(DurableHost host, string id, string how)
    {
        if (how == "terminate")
            await host.Client.TerminateInstanceAsync(id, "stop");
        else
            await host.Client.RaiseEventAsync(id, "go", how);
        await host.IdleAsync();
    }
}
