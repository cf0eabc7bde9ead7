using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>What replay checks, and what it keeps quiet about.</summary>
public sealed class ReplayTests
{
    [Theory]
    [InlineData("other activity", "expected activity 'First' (#0), found activity 'Second' (#0)")]
    [InlineData("timer", "expected activity 'First' (#0), found a timer (#0)")]
    [InlineData("child", "expected activity 'First' (#0), found child orchestration 'First' with id 'c' (#0)")]
    [InlineData("event", "expected activity 'First' (#0), found event 'e' to instance 'x'")]
    [InlineData("less", "expected activity 'First' (#0), found the orchestrator's return")]
    [InlineData("more", "expected nothing more in this turn, found activity 'Second' (#1)")]
    public async Task Changed_code_fails_with_a_message_that_names_instance_step_and_difference(string change, string difference)
    {
        await using var host = new DurableHost(inMemory: false);
        await host.Orchestrator("Flow", async context =>
            {
                await context.CallActivityAsync("First");
                return await context.WaitForExternalEvent<string>("go");
            })
            .Activity("First", _ => null)
            .StartAsync();
        await host.RunAsync("Flow", id: "flow-1");
        await host.CloseAsync();
        host.Registry = new();
        await host.Orchestrator("Flow", async context =>
            {
                Task first = change switch
                {
                    "other activity" => context.CallActivityAsync("Second"),
                    "timer" => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
                    "child" => context.CallSubOrchestratorAsync("First", null, new SubOrchestrationOptions(instanceId: "c")),
                    "more" => Task.WhenAll(context.CallActivityAsync("First"), context.CallActivityAsync("Second")),
                    _ => Task.CompletedTask,
                };
                if (change == "event")
                    context.SendEvent("x", "e", "");
                await first;
                return change == "less" ? "early" : await context.WaitForExternalEvent<string>("go");
            })
            .Activity("First", _ => null)
            .Activity("Second", _ => null)
            .StartAsync();
        await host.RaiseAsync("flow-1", "go", "on");
        var instance = await host.GetAsync("flow-1");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.EndsWith(nameof(AutoFlow.EmbeddedHost.Durable.Execution.NonDeterministicOrchestrationException), instance.FailureDetails!.ErrorType, StringComparison.Ordinal);
        Assert.Contains($"'Flow' did not replay as recorded. Instance 'flow-1', turn 0, step {(change == "more" ? 2 : 1)}: {difference}", instance.FailureDetails.ErrorMessage, StringComparison.Ordinal);
        Assert.DoesNotContain("Second()", host.Ran);
    }

    [Fact]
    public async Task Unchanged_code_replays_after_a_restart()
    {
        await using var host = new DurableHost(inMemory: false);
        await host.Orchestrator("Flow", async context =>
            {
                var sum = await context.CallActivityAsync<int>("One");
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                sum += await context.WaitForExternalEvent<int>("n");
                return sum + await context.CallActivityAsync<int>("One");
            })
            .Activity("One", _ => 1)
            .StartAsync();
        var id = await host.RunAsync("Flow");
        await host.ReopenAsync();
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        await host.ReopenAsync();
        await host.RaiseAsync(id, "n", 5);
        Assert.Equal(7, (await host.GetAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, host.Ran.Count);
    }

    [Fact]
    public async Task A_replay_safe_logger_writes_each_line_once()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Log", async context =>
            {
                var log = context.CreateReplaySafeLogger("My.Category");
                log.LogInformation("begin");
                await context.CallActivityAsync("One");
                log.LogInformation("between, replaying: {Replaying}", context.IsReplaying);
                await context.CallActivityAsync("One");
                context.CreateReplaySafeLogger<ReplayTests>().LogInformation("end");
                return null;
            })
            .Activity("One", _ => 1)
            .StartAsync();
        await host.RunAsync("Log");
        Assert.Equal(
            ["My.Category Information begin", "My.Category Information between, replaying: False", $"{typeof(ReplayTests).FullName} Information end"],
            host.Logs.Lines);
    }
}
