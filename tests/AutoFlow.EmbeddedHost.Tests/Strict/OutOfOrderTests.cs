using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Strict;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class OutOfOrderTests
{
    private static readonly HistoryEvent[] Arrived =
    [
        new EventRaised("first", null), new TaskCompleted(0, "0"), new TaskCompleted(1, "1"), new EventRaised("second", null),
        new TaskCompleted(2, "2"), new TimerFired(3), new TaskCompleted(4, "4"), new TaskCompleted(5, "5"),
    ];

    [Fact]
    public async Task A_fan_out_runs_in_another_order_and_its_results_go_where_they_belong()
    {
        var ran = await RanAsync(Faults.None);

        Assert.NotEqual(ran.Order(StringComparer.Ordinal), ran);
        Assert.Equal(Enumerable.Range(0, 9).Select(number => $"Work({number})"), ran.Order(StringComparer.Ordinal));
        Assert.Equal(ran, await RanAsync(Faults.None));
        Assert.NotEqual(ran, await RanAsync(Faults.None with { Seed = 2 }));
    }

    [Fact]
    public void Answers_that_wait_for_one_turn_change_places_and_events_keep_theirs()
    {
        var mixed = OutOfOrder.Of(Faults.None, Arrived, "order-1 3");

        Assert.NotEqual(Arrived, mixed);
        Assert.Equal(Arrived.ToHashSet(), mixed.ToHashSet());
        Assert.Equal((Arrived[0], Arrived[3]), (mixed[0], mixed[3]));
        Assert.Equal(mixed, OutOfOrder.Of(Faults.None, Arrived, "order-1 3"));
    }

    [Fact]
    public async Task Timers_that_fire_together_come_in_another_order_too()
    {
        var orders = new List<string>();
        for (var number = 0; number < 8; number++)
        {
            await using var host = await Faults.Engine(Faults.None with { Seed = number })
                .Orchestrator("Race", async context =>
                {
                    var timers = Enumerable.Range(0, 4).Select(timer => WaitAsync(timer)).ToList();
                    var first = await Task.WhenAny(timers);
                    return await first;

                    async Task<int> WaitAsync(int timer)
                    {
                        await context.CreateTimer(TimeSpan.FromMinutes(1), CancellationToken.None);
                        return timer;
                    }
                })
                .StartAsync();
            var id = await host.RunAsync("Race", id: "race");
            await host.AdvanceAsync(TimeSpan.FromMinutes(1));
            orders.Add((await host.GetAsync(id)).SerializedOutput!);
        }

        Assert.True(orders.Distinct().Count() > 1, string.Join(' ', orders));
    }

    private static async Task<List<string>> RanAsync(StrictOptions strict)
    {
        await using var host = await Faults.Engine(strict)
            .Orchestrator("Fan", async context => await Task.WhenAll(Enumerable.Range(0, 9).Select(number => context.CallActivityAsync<int>("Work", number))))
            .Activity("Work", input => int.Parse(input!, System.Globalization.CultureInfo.InvariantCulture))
            .StartAsync();
        var instance = await host.GetAsync(await host.RunAsync("Fan", id: "fan"));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, instance.RuntimeStatus);
        Assert.Equal(Enumerable.Range(0, 9), instance.ReadOutputAs<int[]>());
        return [.. host.Ran];
    }
}
