using AutoFlow.EmbeddedHost.Durable;
using AutoFlow.EmbeddedHost.Strict;
using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class LostResultTests
{
    public sealed class Shipping(Probe probe)
    {
        private static int _labels;

        [Function("Ship")]
        public static async Task<int[]> Ship([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            var labels = new List<int>();
            for (var number = 0; number < context.GetInput<int>(); number++)
                labels.Add(await context.CallActivityAsync<int>(nameof(PrintLabel), number));
            return [.. labels];
        }

        [Function(nameof(PrintLabel))]
        public int PrintLabel([ActivityTrigger] int number)
        {
            probe.Tell($"label {number}");
            return Interlocked.Increment(ref _labels);
        }
    }

    [Fact]
    public async Task An_activity_runs_again_and_its_first_result_is_lost()
    {
        var (labels, printed) = await ShipAsync(Faults.None with { ActivitiesTwice = 1 }, 1);

        Assert.Equal(["label 0", "label 0"], printed);
        Assert.Equal(0, Assert.Single(labels) % 2);
    }

    [Fact]
    public async Task Some_activities_run_again_and_always_the_same_ones()
    {
        var strict = Faults.None with { ActivitiesTwice = 0.5 };

        var (_, printed) = await ShipAsync(strict, 20);

        Assert.InRange(printed.Count, 24, 36);
        Assert.Equal(printed, (await ShipAsync(strict, 20)).Printed);
    }

    private static async Task<(int[] Labels, List<string> Printed)> ShipAsync(StrictOptions strict, int count)
    {
        var probe = new Probe();
        await using var host = await TestHost.StartAsync(Faults.Host(strict, probe), typeof(Shipping));
        var engine = host.Services.GetRequiredService<DurableEngine>();
        await engine.Client.ScheduleNewOrchestrationInstanceAsync("Ship", count, new StartOrchestrationOptions("ship"));
        await engine.WhenIdleAsync();
        var printed = new List<string>();
        while (!probe.IsSilent)
            printed.Add(await probe.NextAsync());
        return ((await engine.Client.GetInstanceAsync("ship", getInputsAndOutputs: true))!.ReadOutputAs<int[]>()!, printed);
    }
}
