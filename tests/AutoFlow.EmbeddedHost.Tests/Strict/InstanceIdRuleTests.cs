using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class InstanceIdRuleTests
{
    [Theory]
    [InlineData("a/b", "it contains /")]
    [InlineData("a\\b", "it contains \\")]
    [InlineData("a#b", "it contains #")]
    [InlineData("a?b", "it contains ?")]
    [InlineData("a\nb", "it contains the control character 000A")]
    [InlineData("a\u0085b", "it contains the control character 0085")]
    [InlineData("@a", "it begins with @")]
    public async Task An_id_that_Azure_Storage_does_not_take_is_refused_with_the_reason(string id, string reason)
    {
        await using var host = await Faults.Engine(Faults.None).Orchestrator("Run", _ => Task.FromResult<object?>(1)).StartAsync();

        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Run", id: id));

        Assert.Contains(reason, refused.Message, StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync(id));
    }

    [Fact]
    public async Task An_id_has_a_hundred_characters_at_the_most()
    {
        await using var host = await Faults.Engine(Faults.None).Orchestrator("Run", _ => Task.FromResult<object?>(1)).StartAsync();

        await host.RunAsync("Run", id: new string('x', 100));
        var refused = await Assert.ThrowsAsync<ArgumentException>(() => host.RunAsync("Run", id: new string('x', 101)));

        Assert.Contains("it has 101 characters", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_with_such_an_id_fails_its_caller()
    {
        await using var host = await Faults.Engine(Faults.None)
            .Orchestrator("Run", async context => await context.CallSubOrchestratorAsync<int>("Child", null, new Microsoft.DurableTask.SubOrchestrationOptions(instanceId: "a/b")))
            .Orchestrator("Child", _ => Task.FromResult<object?>(1))
            .StartAsync();

        var instance = await host.GetAsync(await host.RunAsync("Run"));

        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("it contains /", instance.SerializedOutput, StringComparison.Ordinal);
        Assert.Null(await host.Client.GetInstanceAsync("a/b"));
    }
}
