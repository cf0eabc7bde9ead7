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

    [Fact]
    public async Task An_activity_that_trips_over_the_stop_instead_of_heeding_it_runs_again()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = new DurableHost(inMemory: false);
        host.Orchestrator("One", async context => await context.CallActivityAsync<int>("Slow"));
        host.Registry.AddActivity("Slow", async (_, ct) =>
        {
            host.Ran.Enqueue("run");
            if (host.Ran.Count > 1)
                return 7;
            var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var closing = ct.Register(closed.SetResult);
            begun.SetResult();
            await closed.Task;
            throw new ObjectDisposedException("client");
        });
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("One");
        await begun.Task;
        await host.Engine.StopAsync(new CancellationToken(canceled: true));
        await host.IdleAsync();
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal(7, (await host.GetAsync(id)).ReadOutputAs<int>());
        Assert.Equal(2, host.Ran.Count);
    }

    [Fact]
    public async Task An_event_that_was_sent_before_its_receiver_was_called_is_delivered_after_a_kill_too()
    {
        await using var host = new DurableHost(inMemory: false) { MaxWritesPerCommit = 1 };
        host.Orchestrator("Kid", async context => await context.WaitForExternalEvent<string>("news"))
            .Orchestrator("Caller", async context =>
            {
                context.SendEvent("kid", "news", "heard");
                return await context.CallSubOrchestratorAsync<string>("Kid", null, new SubOrchestrationOptions(instanceId: "kid"));
            });
        await host.StartAsync(crashAfter: 1);
        Assert.NotNull(await Record.ExceptionAsync(() => host.Client.ScheduleNewOrchestrationInstanceAsync("Caller", new StartOrchestrationOptions("caller"))));
        await host.IdleAsync();
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal("heard", (await host.GetAsync("caller")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_activity_that_nobody_waits_for_survives_its_instances_id_being_used_again()
    {
        var begun = new SemaphoreSlim(0);
        var lives = 1;
        await using var host = new DurableHost(inMemory: false);
        host.Orchestrator("Fire", context =>
        {
            _ = context.CallActivityAsync("Note", context.GetInput<string>());
            return Task.FromResult<object?>("done");
        });
        host.Registry.AddActivity("Note", async (call, ct) =>
        {
            begun.Release();
            if (lives == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            host.Ran.Enqueue(call.InputJson!);
            return null;
        });
        await host.StartAsync();
        foreach (var input in new[] { "before", "after" })
        {
            await host.Client.ScheduleNewOrchestrationInstanceAsync("Fire", input, new StartOrchestrationOptions("fire"));
            await begun.WaitAsync();
        }

        await host.CloseAsync();
        lives++;
        await host.StartAsync();
        await host.IdleAsync();
        Assert.Equal(["\"after\"", "\"before\""], host.Ran.Order());
        await host.ReopenAsync();
        await host.IdleAsync();
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
