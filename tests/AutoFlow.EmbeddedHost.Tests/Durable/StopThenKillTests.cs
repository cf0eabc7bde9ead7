using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;

namespace AutoFlow.EmbeddedHost.Tests.Durable;

/// <summary>An answer that waits over a start: what the instance asks for after it is not lost when the next process dies.</summary>
public sealed class StopThenKillTests
{
    private readonly TaskCompletionSource _firstBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _firstMayEnd = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _secondBegun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _seconds;

    [Fact]
    public async Task An_activity_is_asked_for_by_the_answer_that_a_stop_has_stored()
    {
        await using var host = new DurableHost(inMemory: false) { Registry = App(code: true) };
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Two");
        await _firstBegun.Task;
        var stop = host.Engine.StopAsync(CancellationToken.None);
        _firstMayEnd.SetResult();
        await stop;
        await KilledInTheSecondAsync(host, id);
    }

    [Fact]
    public async Task An_activity_is_asked_for_by_the_answer_that_waited_for_the_code_to_come_back()
    {
        await using var host = new DurableHost(inMemory: false) { Registry = App(code: true) };
        await host.StartAsync();
        var id = await host.Client.ScheduleNewOrchestrationInstanceAsync("Two");
        await _firstBegun.Task;
        await host.CloseAsync();
        _firstMayEnd.SetResult();
        host.Registry = App(code: false);
        await host.StartAsync();
        await host.IdleAsync();
        host.Registry = App(code: true);
        await KilledInTheSecondAsync(host, id);
    }

    // A stop without grace leaves the second activity as a kill does: nothing of it is recorded.
    private async Task KilledInTheSecondAsync(DurableHost host, string id)
    {
        await host.ReopenAsync();
        await _secondBegun.Task;
        await host.ReopenAsync();
        await host.IdleAsync();
        Assert.Equal("second", (await host.GetAsync(id)).ReadOutputAs<string>());
        Assert.Equal(2, _seconds);
    }

    private DurableRegistry App(bool code)
    {
        var registry = new DurableRegistry();
        if (code)
        {
            registry.AddOrchestrator("Two", async context =>
            {
                await context.CallActivityAsync("First");
                return await context.CallActivityAsync<string>("Second");
            });
        }

        registry.AddActivity("First", async (_, ct) =>
        {
            _firstBegun.TrySetResult();
            await _firstMayEnd.Task.WaitAsync(ct);
            return null;
        });
        registry.AddActivity("Second", async (_, ct) =>
        {
            if (Interlocked.Increment(ref _seconds) == 1)
            {
                _secondBegun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, ct);
            }

            return "second";
        });
        return registry;
    }
}
