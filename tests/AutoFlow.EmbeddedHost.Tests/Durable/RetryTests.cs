using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class RetryTests
{
    [Fact]
    public async Task A_failed_activity_is_tried_again_after_growing_waits()
    {
        var tries = new List<DateTimeOffset>();
        await using var host = new DurableHost();
        await host
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Flaky", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromSeconds(10), 2, TimeSpan.FromSeconds(30)))))
            .Activity("Flaky", _ =>
            {
                tries.Add(host.Time.GetUtcNow());
                return tries.Count == 5 ? "done" : throw new TimeoutException();
            })
            .StartAsync();
        var id = await host.RunAsync("Retry");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("done", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Equal([10, 20, 30, 30], tries.Zip(tries.Skip(1), (a, b) => (b - a).TotalSeconds));
    }

    [Fact]
    public async Task The_last_failure_comes_through_when_the_attempts_are_used_up()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Fail", options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromSeconds(1)))))
            .Activity("Fail", _ => throw new TimeoutException("too slow"))
            .StartAsync();
        var id = await host.RunAsync("Retry");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        var instance = await host.GetAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Equal(3, host.Ran.Count);
        Assert.True(instance.FailureDetails!.InnerFailure!.IsCausedBy<TimeoutException>());
    }

    [Fact]
    public async Task No_attempt_begins_after_the_timeout()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Fail", options: TaskOptions.FromRetryPolicy(
                    new RetryPolicy(100, TimeSpan.FromSeconds(10), retryTimeout: TimeSpan.FromSeconds(25)))))
            .Activity("Fail", _ => throw new TimeoutException())
            .StartAsync();
        var id = await host.RunAsync("Retry");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Equal(4, host.Ran.Count); // at 0, 10, 20 and 30 s: the failure at 20 s still allows one more
    }

    [Fact]
    public async Task The_policy_can_refuse_a_failure()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Fail",
                options: TaskOptions.FromRetryPolicy(
                    new RetryPolicy(5, TimeSpan.FromSeconds(1)) { HandleFailure = failure => failure.IsCausedBy<TimeoutException>() })))
            .Activity("Fail", _ => throw new ArgumentException("Not a number."))
            .StartAsync();
        var id = await host.RunAsync("Retry");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Single(host.Ran);
    }

    [Fact]
    public async Task A_handler_decides_and_may_wait()
    {
        var seen = new List<(int, TimeSpan)>();
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>("Fail", options: TaskOptions.FromRetryHandler(async retry =>
            {
                if (!retry.OrchestrationContext.IsReplaying)
                    seen.Add((retry.LastAttemptNumber, retry.TotalRetryTime));
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromMinutes(5), CancellationToken.None);
                return retry.LastAttemptNumber < 3;
            })))
            .Activity("Fail", _ => throw new TimeoutException())
            .StartAsync();
        var id = await host.RunAsync("Retry");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Equal([(1, TimeSpan.Zero), (2, TimeSpan.FromMinutes(5)), (3, TimeSpan.FromMinutes(10))], seen);
    }

    [Fact]
    public async Task Retries_go_on_after_a_restart()
    {
        await using var host = new DurableHost(inMemory: false);
        await host
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Flaky", options: TaskOptions.FromRetryPolicy(new RetryPolicy(5, TimeSpan.FromHours(1)))))
            .Activity("Flaky", _ => host.Ran.Count == 3 ? "done" : throw new TimeoutException())
            .StartAsync();
        var id = await host.RunAsync("Retry");
        for (var hour = 0; hour < 2; hour++)
        {
            await host.ReopenAsync();
            await host.AdvanceAsync(TimeSpan.FromHours(1));
        }

        Assert.Equal("done", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Equal(3, host.Ran.Count);
    }

    [Fact]
    public void The_longest_wait_is_one_hour_where_none_is_given()
        => Assert.Equal(TimeSpan.FromHours(1), RetryDelay.Next(new RetryPolicy(100, TimeSpan.FromMinutes(1), 10), 50, TimeSpan.Zero));

    [Fact]
    public void An_endless_backoff_does_not_overflow()
        => Assert.Equal(
            TimeSpan.MaxValue, RetryDelay.Next(new RetryPolicy(5000, TimeSpan.FromDays(1), 10, Timeout.InfiniteTimeSpan), 4000, TimeSpan.Zero));
}
