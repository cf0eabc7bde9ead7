using AutoFlow.Benchmarks.Durable.Measuring;
using AutoFlow.EmbeddedHost.Durable;
using Microsoft.DurableTask;

namespace AutoFlow.Benchmarks.Durable.Engine;

/// <summary>The orchestrators that are measured, and the activity that does nothing.</summary>
internal static class BenchmarkFunctions
{
    /// <summary>Takes as many sequential steps as its input says, each with a payload in and out.</summary>
    public const string Steps = "Steps";

    /// <summary>Calls the activity 100 times at once.</summary>
    public const string FanOut = "FanOut";

    /// <summary>Waits for <see cref="Event"/>.</summary>
    public const string Wait = "Wait";

    /// <summary>Waits for the time that its input says, UTC.</summary>
    public const string Due = "Due";

    /// <summary>What <see cref="Wait"/> waits for.</summary>
    public const string Event = "go";

    private const string Pass = "Pass";
    private static readonly Task<object?> Passed = Task.FromResult<object?>(Payload.Sample);

    /// <summary>All of them.</summary>
    /// <param name="passed">Told each time that an instance of <see cref="Due"/> goes on, with its time; null for nobody.</param>
    public static DurableRegistry Registry(Action<DateTime>? passed = null)
    {
        var registry = new DurableRegistry();
        registry.AddActivity(Pass, (_, _) => Passed);
        registry.AddOrchestrator(Steps, StepsAsync);
        registry.AddOrchestrator(FanOut, FanOutAsync);
        registry.AddOrchestrator(Wait, async context => await context.WaitForExternalEvent<Payload>(Event));
        registry.AddOrchestrator(Due, async context =>
        {
            var due = context.GetInput<DateTime>();
            await context.CreateTimer(due, CancellationToken.None);
            if (!context.IsReplaying)
                passed?.Invoke(due);
            return null;
        });
        return registry;
    }

    private static async Task<object?> StepsAsync(TaskOrchestrationContext context)
    {
        var payload = Payload.Sample;
        var steps = context.GetInput<int>();
        for (var step = 0; step < steps; step++)
            payload = await context.CallActivityAsync<Payload>(Pass, payload);
        return payload;
    }

    private static async Task<object?> FanOutAsync(TaskOrchestrationContext context)
    {
        var calls = new Task<Payload>[Workload.Fan];
        for (var i = 0; i < Workload.Fan; i++)
            calls[i] = context.CallActivityAsync<Payload>(Pass, Payload.Sample);
        return (await Task.WhenAll(calls)).Length;
    }
}
