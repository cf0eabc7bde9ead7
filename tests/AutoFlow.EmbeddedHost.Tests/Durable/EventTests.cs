using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

public sealed class EventTests
{
    [Fact]
    public async Task Events_are_kept_until_somebody_waits_and_come_in_their_order()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Listen", async context =>
            {
                await context.WaitForExternalEvent<object>("begin");
                var got = new List<int>();
                for (var count = 0; count < 4; count++)
                    got.Add(await context.WaitForExternalEvent<int>("number"));
                return got;
            })
            .StartAsync();
        var id = await host.RunAsync("Listen");
        foreach (var number in new[] { 1, 2, 3 })
            await host.RaiseAsync(id, "NUMBER", number);
        await host.RaiseAsync(id, "begin");
        await host.RaiseAsync(id, "Number", 4);
        Assert.Equal("[1,2,3,4]", (await host.GetAsync(id)).SerializedOutput);
    }

    [Fact]
    public async Task An_event_is_not_given_to_a_wait_that_was_cancelled()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Listen", async context =>
            {
                using var stop = new CancellationTokenSource();
                var given = context.WaitForExternalEvent<string>("reply", stop.Token);
                await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                stop.Cancel();
                return $"{await context.WaitForExternalEvent<string>("reply")} {given.Status}";
            })
            .StartAsync();
        var id = await host.RunAsync("Listen");
        await host.AdvanceAsync(TimeSpan.FromMinutes(1));
        await host.RaiseAsync(id, "reply", "yes");
        Assert.Equal("yes Canceled", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Waiting_ends_at_its_timeout_and_an_event_in_time_removes_the_timer()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Ask", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<string>("reply", TimeSpan.FromDays(2));
                }
                catch (TaskCanceledException)
                {
                    return "no reply";
                }
            })
            .StartAsync();
        var late = await host.RunAsync("Ask");
        var timely = await host.RunAsync("Ask");
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        await host.RaiseAsync(timely, "reply", "yes");
        await host.AdvanceAsync(TimeSpan.FromDays(1));
        Assert.Equal("no reply", (await host.GetAsync(late)).ReadOutputAs<string>());
        Assert.Equal("yes", (await host.GetAsync(timely)).ReadOutputAs<string>());
        Assert.Empty(host.Engine.Store.Timers(null, 1));
    }

    [Fact]
    public async Task The_last_wait_for_a_name_is_served_first()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Two", async context =>
            {
                var first = context.WaitForExternalEvent<int>("n");
                var second = context.WaitForExternalEvent<int>("n");
                return (await Task.WhenAll(first, second))[1];
            })
            .StartAsync();
        var id = await host.RunAsync("Two");
        await host.RaiseAsync(id, "n", 1);
        await host.RaiseAsync(id, "n", 2);
        Assert.Equal(1, (await host.GetAsync(id)).ReadOutputAs<int>());
    }

    [Fact]
    public async Task An_orchestration_can_tell_another()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Listen", async context => await context.WaitForExternalEvent<string>("news"))
            .Orchestrator("Tell", context =>
            {
                context.SendEvent("listener", "news", "it has arrived");
                context.SendEvent("nobody", "news", "dropped");
                return Task.FromResult<object?>(null);
            })
            .StartAsync();
        await host.RunAsync("Listen", id: "listener");
        await host.RunAsync("Tell");
        Assert.Equal("it has arrived", (await host.GetAsync("listener")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_finished_instance_drops_events_and_an_unknown_one_is_an_error()
    {
        await using var host = await new DurableHost().Orchestrator("Nothing", _ => Task.FromResult<object?>(null)).StartAsync();
        var id = await host.RunAsync("Nothing");
        await host.RaiseAsync(id, "late");
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await host.GetAsync(id)).RuntimeStatus);
        var unknown = await Assert.ThrowsAsync<InstanceNotFoundException>(() => host.Client.RaiseEventAsync("no-such-id", "x"));
        Assert.Contains("'no-such-id'", unknown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_payload_that_does_not_fit_fails_at_the_wait_and_can_be_caught()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Listen", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<int>("n");
                }
                catch (System.Text.Json.JsonException)
                {
                    return "not a number";
                }
            })
            .StartAsync();
        var id = await host.RunAsync("Listen");
        await host.RaiseAsync(id, "n", "text");
        Assert.Equal("not a number", (await host.GetAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Many_events_at_once_are_all_received_once()
    {
        await using var host = await new DurableHost()
            .Orchestrator("Count", async context =>
            {
                var got = new HashSet<int>();
                while (got.Count < 200)
                    got.Add(await context.WaitForExternalEvent<int>("n"));
                return got.Sum();
            })
            .StartAsync();
        var id = await host.RunAsync("Count");
        await Task.WhenAll(Enumerable.Range(1, 200).Select(number => host.Client.RaiseEventAsync(id, "n", number)));
        await host.IdleAsync();
        Assert.Equal(20100, (await host.GetAsync(id)).ReadOutputAs<int>());
    }
}
