using System.Globalization;
using AutoFlow.EmbeddedHost.Durable;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Harness;

/// <summary>A few orchestrations that use everything, for tests that interrupt and replay them.</summary>
internal static class SampleFlows
{
    /// <summary>The name of the orchestrator to start.</summary>
    public const string Journey = "Journey";

    /// <summary>What it returns in the end.</summary>
    public const string Outcome = "round 1 of 2: 6 A-1 A-2 asked; round 2 of 2: 6 A-1 A-2 asked";

    public static Func<TaskOrchestrationContext, Task<object?>>? Find(string name) => name switch
    {
        Journey => JourneyAsync,
        "Parcel" => ParcelAsync,
        _ => null,
    };

    /// <summary>Registers the flows and their activities.</summary>
    /// <param name="registry">Where.</param>
    /// <param name="ran">Told of each run of an activity: instance and task.</param>
    public static void Register(DurableRegistry registry, Action<string> ran)
    {
        registry.AddOrchestrator(Journey, JourneyAsync);
        registry.AddOrchestrator("Parcel", ParcelAsync);
        registry.AddActivity("Double", (call, _) =>
        {
            ran($"{call.InstanceId}#{call.TaskId}");
            return Task.FromResult<object?>(int.Parse(call.InputJson!, CultureInfo.InvariantCulture) * 2);
        });

        // Fails for the first attempt of each call: attempts have even and odd numbers in turn with their timers.
        var failed = new HashSet<string>();
        registry.AddActivity("Flaky", (call, _) =>
        {
            ran($"{call.InstanceId}#{call.TaskId}");
            bool first;
            lock (failed)
                first = failed.Add(call.InstanceId);
            return first ? throw new TimeoutException("Try again.") : Task.FromResult<object?>(call.InputJson!.Trim('"'));
        });
    }

    private static async Task<object?> JourneyAsync(TaskOrchestrationContext context)
    {
        var soFar = context.GetInput<List<string>>() ?? [];
        var doubled = await Task.WhenAll(context.CallActivityAsync<int>("Double", 1), context.CallActivityAsync<int>("Double", 2));
        var parcels = await Task.WhenAll(new[] { 1, 2 }.Select(number => context.CallSubOrchestratorAsync<string>("Parcel", $"A-{number}")));
        await context.CreateTimer(TimeSpan.FromHours(6), CancellationToken.None);
        var name = $"reply-{soFar.Count}";
        context.SetCustomStatus(name);
        var reply = await context.WaitForExternalEvent<string>(name, TimeSpan.FromDays(30));
        context.SetCustomStatus("");
        soFar.Add($"round {soFar.Count + 1} of 2: {doubled.Sum()} {string.Join(' ', parcels)} {reply}");
        if (soFar.Count == 2)
            return string.Join("; ", soFar);
        context.ContinueAsNew(soFar);
        return null;
    }

    private static async Task<object?> ParcelAsync(TaskOrchestrationContext context)
    {
        var policy = new RetryPolicy(3, TimeSpan.FromMinutes(10), 2);
        return await context.CallActivityAsync<string>("Flaky", context.GetInput<string>(), TaskOptions.FromRetryPolicy(policy));
    }
}
