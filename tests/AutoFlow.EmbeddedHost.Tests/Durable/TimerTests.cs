using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class TimerTests
{
    [Fact]
    public async Task A_timer_fires_when_its_time_has_come_and_not_before()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromMinutes(10), CancellationToken.None);
                return context.CurrentUtcDateTime;
            })
            .StartAsync();
        var start = host.Time.GetUtcNow();
        var id = await host.RunAsync("Wait");
        await host.AdvanceAsync(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.GetAsync(id)).RuntimeStatus);
        await host.AdvanceAsync(TimeSpan.FromTicks(1));
        Assert.Equal(start.AddMinutes(10).UtcDateTime, (await host.GetAsync(id)).ReadOutputAs<DateTime>());
    }

    [Fact]
    public async Task A_timer_fires_once_after_restart()
    {
        await using var host = new DurableHost(inMemory: false);
        await host
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromDays(400), CancellationToken.None);
                return await context.CallActivityAsync<string>("Note", "fired");
            })
            .Activity("Note", input => input)
            .StartAsync();
        var id = await host.RunAsync("Wait");
        await host.CloseAsync();
        host.Time.Set(host.Time.GetUtcNow().AddDays(500));
        await host.StartAsync();
        await host.IdleAsync();
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
        Assert.Single(host.Ran);
    }

    [Fact]
    public async Task A_timer_fires_within_a_minute_of_the_clock_being_set_past_it()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Wait", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
                return "fired";
            })
            .StartAsync();
        var id = await host.RunAsync("Wait");
        host.Time.Jump(TimeSpan.FromHours(2));
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        Assert.Equal("fired", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Timers_fire_in_the_order_of_their_times()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Order", async context =>
            {
                var order = new List<int>();
                await Task.WhenAll(new[] { 3, 1, 2 }.Select(async hours =>
                {
                    await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                    order.Add(hours);
                }));
                return order;
            })
            .StartAsync();
        var id = await host.RunAsync("Order");
        await host.AdvanceAsync(TimeSpan.FromHours(3));
        Assert.Equal("[1,2,3]", (await host.GetAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task A_cancelled_timer_is_gone_and_the_code_sees_the_cancellation()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Cancel", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(1), stop.Token);
                await context.WaitForExternalEvent<object>("go");
                stop.Cancel();
                try
                {
                    await timer;
                    return "fired";
                }
                catch (OperationCanceledException)
                {
                    return await context.CallActivityAsync<string>("Note", "cancelled");
                }
            })
            .Activity("Note", _ => "cancelled")
            .StartAsync();
        var id = await host.RunAsync("Cancel");
        Assert.NotEmpty(host.Engine.Store.Timers(null, 1));
        await host.RaiseAsync(id, "go");
        Assert.Equal("cancelled", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Empty(host.Engine.Store.Timers(null, 1));
    }

    [Fact]
    public async Task A_timer_in_the_past_fires_at_once()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Past", async context =>
            {
                await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None);
                return "fired";
            })
            .StartAsync();
        Assert.Equal("fired", (await host.GetAsync(await host.RunAsync("Past"))).ReadOutputAs<string>());
    }

    [Fact]
    public async Task More_timers_than_one_commit_takes_all_fire()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Many", async context =>
            {
                await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None)));
                return "all";
            })
            .StartAsync();
        var id = await host.RunAsync("Many");
        await host.AdvanceAsync(TimeSpan.FromHours(1));
        Assert.Equal("all", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_finished_orchestration_leaves_no_timers()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Leave", context =>
            {
                _ = context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
                return Task.FromResult<object?>("done");
            })
            .StartAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(await host.RunAsync("Leave"))).RuntimeStatus);
        Assert.Empty(host.Engine.Store.Timers(null, 1));
    }
}
