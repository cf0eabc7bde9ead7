using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>The store is left after every single commit, and opened again: nothing is lost, nothing happens twice.</summary>
public sealed class RestartTests
{
    [Fact]
    public async Task Wherever_it_is_interrupted_it_comes_to_the_same_end()
    {
        var commit = 1;
        while (await EndsWellAsync(crashAfter: commit))
            commit++;
        Assert.True(commit > 25, $"Only {commit} commits.");
    }

    [Fact]
    public async Task A_stop_lets_running_activities_end_and_the_rest_waits()
    {
        var release = new TaskCompletionSource<object?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost(inMemory: false) { Options = new() { MaxConcurrentActivities = 1 } };
        host.Orchestrator("Two", async context => await Task.WhenAll(
            context.CallActivityAsync<int>("Slow", 1), context.CallActivityAsync<int>("Slow", 2)));
        host.Registry.AddActivity("Slow", async (call, _) =>
        {
            host.Ran.Enqueue(call.InputJson!);
            begun.TrySetResult();
            await release.Task;
            return 1;
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Two");
        await begun.Task;
        var stop = host.Engine.StopAsync(CancellationToken.None);
        release.SetResult(null);
        await stop;
        Assert.Equal(["1"], host.Ran);
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Equal(["1", "2"], host.Ran);
    }

    [Fact]
    public async Task An_activity_that_a_stop_interrupts_runs_again()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost(inMemory: false);
        host.Orchestrator("One", async context => await context.CallActivityAsync<int>("Slow"));
        host.Registry.AddActivity("Slow", async (call, ct) =>
        {
            host.Ran.Enqueue("run");
            if (host.Ran.Count == 1)
            {
                begun.TrySetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, host.Time, ct);
            }

            return 7;
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("One");
        await begun.Task;
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal(7, (await host.GetAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, host.Ran.Count);
    }

    /// <summary>False when the work ended before that commit.</summary>
    private static async Task<bool> EndsWellAsync(long crashAfter)
    {
        await using var host = new DurableHost(inMemory: false) { MaxWritesPerCommit = 1 };
        SampleFlows.Register(host.Registry, host.Ran.Enqueue);
        await host.StartAsync(crashAfter);
        await DriveAsync(host);
        var crashed = host.Crashed;
        if (crashed)
        {
            await host.ReopenAsync();
            await DriveAsync(host);
        }

        var instance = await host.GetAsync("journey");
        Assert.Null(instance.FailureDetails);
        Assert.Equal(SampleFlows.Outcome, instance.ReadOutputAs<string>());

        // Two rounds of two doublings and two parcels. Where it was killed between an activity and its result, that one ran twice, and no other.
        Assert.InRange(host.Ran.Count, 4 + 4, 4 + 8 + 8);
        AssertResultsAreUnique(host.History("journey"));
        await foreach (var each in host.Client.GetAllInstancesAsync())
            Assert.Equal(OrchestrationRuntimeStatus.Completed, each.RuntimeStatus);
        return crashed;
    }

    private static void AssertResultsAreUnique(IReadOnlyList<TurnRecord> history)
    {
        var results = history.SelectMany(turn => turn.Received).OfType<TaskCompleted>().Select(result => result.TaskId).ToList();
        Assert.Equal(results.Distinct(), results);
    }

    /// <summary>Does what the outside does, as often as needed, and forgets all but what it can read.</summary>
    private static async Task DriveAsync(DurableHost host)
    {
        try
        {
            if (await host.Client.GetInstanceAsync("journey") is null)
                await host.Client.ScheduleNewOrchestrationInstanceAsync(SampleFlows.Journey, new StartOrchestrationOptions("journey"));
            while (!host.Crashed && (await host.GetAsync("journey")) is { IsCompleted: false } instance)
            {
                await host.AdvanceAsync(TimeSpan.FromHours(1));
                if (!host.Crashed && instance.ReadCustomStatusAs<string>() is { Length: > 0 } name)
                    await host.Client.RaiseEventAsync("journey", name, "asked");
            }
        }
        catch (Exception exception) when (host.Crashed && exception is IOException or InvalidOperationException)
        {
            // Whoever called is gone too.
        }
    }
}
