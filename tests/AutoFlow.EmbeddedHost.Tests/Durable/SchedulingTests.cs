using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>Orchestrator code runs in one order, whatever it awaits and however.</summary>
public sealed class SchedulingTests
{
    [Fact]
    public async Task WhenAll_and_WhenAny_replay_in_the_recorded_order()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Race", async context =>
            {
                var seen = new List<string>();
                async Task Follow(string name)
                {
                    seen.Add($"{name}={await context.WaitForExternalEvent<int>(name)}");
                    await context.CallActivityAsync("Note", name);
                    seen.Add($"{name} noted");
                }

                var all = new List<Task> { Follow("a"), Follow("b"), Follow("c") };
                var first = await Task.WhenAny(all);
                seen.Add($"first {all.IndexOf(first)}");
                await Task.WhenAll(all);
                return string.Join(", ", seen);
            })
            .Activity("Note", _ => null)
            .StartAsync();
        var id = await host.RunAsync("Race");
        await host.RaiseAsync(id, "b", 2);
        await host.RaiseAsync(id, "c", 3);
        await host.RaiseAsync(id, "a", 1);
        Assert.Equal("b=2, b noted, first 1, c=3, c noted, a=1, a noted", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Code_that_leaves_its_context_stays_on_the_turn()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Careless", async context =>
            {
                var one = await context.CallActivityAsync<int>("One").ConfigureAwait(false);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None).ConfigureAwait(false);
                var both = await Task.WhenAll(context.CallActivityAsync<int>("One"), context.CallActivityAsync<int>("One")).ConfigureAwait(false);
                return one + both.Sum();
            })
            .Activity("One", _ => 1)
            .StartAsync();
        var id = await host.RunAsync("Careless");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(3, (await host.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task Yields_and_continuations_stay_on_the_turn()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Yielding", async context =>
            {
                await Task.Yield();
                var two = await context.CallActivityAsync<int>("One").ContinueWith(task => task.GetAwaiter().GetResult() + 1, TaskScheduler.Current);
                async Task<int> One() => await context.CallActivityAsync<int>("One");
                return two + await One() + await One().ContinueWith(task => task.GetAwaiter().GetResult() + 1, TaskScheduler.Current);
            })
            .Activity("One", _ => 1)
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Yielding"));
        Assert.Null(instance.FailureDetails);
        Assert.Equal(5, instance.ReadOutputAs<int>());
    }

    [Fact]
    public async Task Waiting_for_something_that_is_not_durable_fails_with_a_clear_message()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Impure", async _ =>
            {
                await new TaskCompletionSource().Task;
                return null;
            })
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Impure", id: "i-1"));
        Assert.Equal(OrchestrationRuntimeStatus.Failed, instance.RuntimeStatus);
        Assert.Contains("'Impure' (instance 'i-1') waits for something that is not durable", instance.FailureDetails!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_refuses_other_threads()
    {
        Exception? refused = null;
        await using var host = await new DurableHost()
            .Orchestrator("Threads", async context =>
            {
                var thread = new Thread(() => refused = Record.Exception(() => { _ = context.CallActivityAsync("One"); }));
                thread.Start();
                thread.Join();
                return await context.CallActivityAsync<int>("One");
            })
            .Activity("One", _ => 1)
            .StartAsync();
        await host.RunAsync("Threads");
        Assert.IsType<InvalidOperationException>(refused);
        Assert.Equal(["One()"], host.Ran);
    }

    [Fact]
    public async Task Ids_and_time_are_the_same_at_every_replay()
    {
        var seen = new List<(Guid, Guid, DateTime)>();
        await using var host = await new DurableHost { Options = new() { MaxInstancesInMemory = 0 } }
            .Orchestrator("Ids", async context =>
            {
                seen.Add((context.NewGuid(), context.NewGuid(), context.CurrentUtcDateTime));
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                await context.CallActivityAsync("One");
                return null;
            })
            .Activity("One", _ => 1)
            .StartAsync();
        await host.RunAsync("Ids");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.NotEqual(seen[0].Item1, seen[0].Item2);
        Assert.Equal(5, seen[0].Item1.Version);
    }

    [Fact]
    public async Task Time_goes_on_and_never_back()
    {
        var times = new List<DateTime>();
        await using var host = await new DurableHost()
            .Orchestrator("Clock", async context =>
            {
                times.Clear();
                times.Add(context.CurrentUtcDateTime);
                await context.WaitForExternalEvent<object>("go");
                times.Add(context.CurrentUtcDateTime);
                await context.WaitForExternalEvent<object>("go");
                times.Add(context.CurrentUtcDateTime);
                return null;
            })
            .StartAsync();
        var id = await host.RunAsync("Clock");
        await host.AdvanceAsync(TimeSpan.FromSeconds(30));
        await host.RaiseAsync(id, "go");
        host.Time.Set(host.Time.GetUtcNow() - TimeSpan.FromDays(1));
        await host.RaiseAsync(id, "go");
        Assert.Equal(TimeSpan.FromSeconds(30), times[1] - times[0]);
        Assert.Equal(times[1], times[2]);
        Assert.Equal(DateTimeKind.Utc, times[0].Kind);
    }
}
