using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>Starting over, being held, ending in each of the ways.</summary>
internal static class LifeFlows
{
    private static readonly string[] Letters = ["n", "n", "other", "n", "n"];
    private static readonly string[] Lost = ["lost"];

    public static (string Name, Func<TaskOrchestrationContext, TimeSpan, Task<object?>> Run)[] All =>
    [
        ("CarriedEvents", CarriedEventsAsync), ("DroppedEvents", DroppedEventsAsync), ("Suspended", SuspendedAsync), ("Terminated", TerminatedAsync),
        ("Failed", FailedAsync), ("StartedAgain", StartedAgainAsync), ("Purged", PurgedAsync),
    ];

    private static SubOrchestrationOptions Id(TaskOrchestrationContext context, string name) => new(instanceId: $"{context.InstanceId}-{name}");

    /// <summary>The first generation has five letters sent to it and reads none; the later ones read one each.</summary>
    private static async Task<object?> CarriedEventsAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var got = context.GetInput<List<string>>() ?? [];
        if (got.Count == 0)
            await context.CallSubOrchestratorAsync("Sender", Letters, Id(context, "sender"));
        else if (got.Count == 2)
            await context.CreateTimer(hour, CancellationToken.None);
        got.Add(got.Count == 3 ? await context.WaitForExternalEvent<string>("other") : await context.WaitForExternalEvent<string>("n"));
        context.SetCustomStatus($"{got.Count} read");
        if (got.Count == 5)
            return string.Join(", ", got);
        context.ContinueAsNew(got);
        return null;
    }

    private static async Task<object?> DroppedEventsAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        if (context.GetInput<string>() is null)
        {
            // A timer and an activity that the next generation must not hear of.
            _ = context.CreateTimer(hour, CancellationToken.None);
            _ = context.CallActivityAsync("Echo", "nobody waits");
            await context.CallSubOrchestratorAsync("Sender", Lost, Id(context, "sender"));
            context.ContinueAsNew("second", preserveUnprocessedEvents: false);
            return null;
        }

        try
        {
            return await context.WaitForExternalEvent<string>("lost", 3 * hour);
        }
        catch (OperationCanceledException)
        {
            return $"nothing came to the {context.GetInput<string>()}";
        }
    }

    private static async Task<object?> SuspendedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("suspend");
        var timer = context.CreateTimer(hour, CancellationToken.None);
        var while_ = await context.WaitForExternalEvent<string>("while");
        context.SetCustomStatus("resumed");
        await timer;
        return await context.CallActivityAsync<string>("Echo", while_);
    }

    private static async Task<object?> TerminatedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var waiter = context.CallSubOrchestratorAsync("Waiter", null, Id(context, "waiter"));
        await context.CallActivityAsync("Echo", "now the waiter is there");
        _ = context.CreateTimer(hour * 1_000_000, CancellationToken.None);
        context.SetCustomStatus("terminate");
        await waiter;
        return "went on";
    }

    private static async Task<object?> FailedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("about to fail");
        _ = context.CreateTimer(hour * 1_000_000, CancellationToken.None);
        await context.CallActivityAsync("Fail", "not caught");
        return "no failure";
    }

    private static async Task<object?> StartedAgainAsync(TaskOrchestrationContext context, TimeSpan hour)
        => await context.CallActivityAsync<string>("Echo", context.GetInput<string>());

    private static async Task<object?> PurgedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        _ = context.CallSubOrchestratorAsync("Leaf", "stays behind", Id(context, "marker"));
        return await context.CallActivityAsync<string>("Echo", "to be purged");
    }
}
