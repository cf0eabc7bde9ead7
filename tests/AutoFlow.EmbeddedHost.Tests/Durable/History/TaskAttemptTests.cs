using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

public sealed class TaskAttemptTests
{
    [Fact]
    public async Task A_retry_after_a_wait_is_the_next_attempt()
    {
        var tries = 0;
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context => await context.CallActivityAsync<string>(
                "Flaky", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1)))))
            .Activity("Flaky", _ => ++tries == 3 ? "done" : throw new TimeoutException())
            .StartAsync();
        await host.RunAsync("Retry", id: "r");
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        var attempts = HistoryAttempts.Of(host.History("r"));

        Assert.Equal([(0, 1), (2, 2), (4, 3)], new[] { 0, 2, 4 }.Select(id => (id, attempts.NumberOf(id))));
        Assert.Equal([(2, (int?)3), (0, 1)], attempts.Before(4));
    }

    [Fact]
    public async Task A_handler_that_tries_again_at_once_counts_too_and_another_call_does_not()
    {
        var tries = 0;
        await using var host = await new DurableHost()
            .Orchestrator("Retry", async context =>
            {
                var options = TaskOptions.FromRetryHandler(retry => retry.LastAttemptNumber < 3);
                var first = await context.CallActivityAsync<string>("Flaky", "x", options);
                return first + await context.CallActivityAsync<string>("Flaky", "x");
            })
            .Activity("Flaky", _ => ++tries >= 2 ? "done" : throw new TimeoutException())
            .StartAsync();
        await host.RunAsync("Retry", id: "r");

        var attempts = HistoryAttempts.Of(host.History("r"));

        Assert.Equal([1, 2, 1], new[] { 0, 1, 2 }.Select(attempts.NumberOf));
        Assert.Equal([(0, (int?)null)], attempts.Before(1));
    }

    [Fact]
    public async Task Calls_of_the_same_side_by_side_are_told_apart()
    {
        var tries = 0;
        var policy = TaskOptions.FromRetryPolicy(new RetryPolicy(2, TimeSpan.FromMinutes(1)));
        await using var host = await new DurableHost { Options = new() { MaxConcurrentActivities = 1, MaxConcurrentOrchestrations = 1 } }
            .Orchestrator("Both", async context => string.Concat(await Task.WhenAll(
                context.CallActivityAsync<string>("Flaky", "x", policy), context.CallActivityAsync<string>("Flaky", "x", policy))))
            .Activity("Flaky", _ => ++tries > 2 ? "done" : throw new TimeoutException())
            .StartAsync();
        await host.RunAsync("Both", id: "b");
        await host.AdvanceAsync(TimeSpan.FromHours(1));

        var attempts = HistoryAttempts.Of(host.History("b"));

        var calls = host.History("b").SelectMany(turn => turn.Decided).OfType<TaskScheduled>().Select(task => task.TaskId).ToList();
        Assert.Equal([1, 1, 2, 2], calls.Select(attempts.NumberOf));
        Assert.Equal([calls[0], calls[1]], calls.Skip(2).Select(id => attempts.Before(id).Single().Failed));
    }
}
