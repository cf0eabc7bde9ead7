using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>Children, and instances that tell each other.</summary>
internal static class FamilyFlows
{
    public static (string Name, Func<TaskOrchestrationContext, TimeSpan, Task<object?>> Run)[] All =>
    [
        ("Child", ChildAsync), ("ChildFailure", ChildFailureAsync), ("ChildRetried", ChildRetriedAsync), ("ChildTerminated", ChildTerminatedAsync),
        ("EventsSent", EventsSentAsync), ("Leaf", LeafAsync), ("Broken", BrokenAsync), ("Waiter", WaiterAsync), ("Doomed", DoomedAsync),
        ("Box", BoxAsync), ("Sender", SenderAsync),
    ];

    private static SubOrchestrationOptions Id(TaskOrchestrationContext context, string name) => new(instanceId: $"{context.InstanceId}-{name}");

    private static async Task<object?> ChildAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var first = await context.CallSubOrchestratorAsync<string>("Leaf", "one", Id(context, "one"));
        var both = await Task.WhenAll(
            context.CallSubOrchestratorAsync<string>("Leaf", "two", Id(context, "two")),
            context.CallSubOrchestratorAsync<string>("Leaf", "three", Id(context, "three")));
        return $"{first} {string.Join(' ', both)}";
    }

    private static async Task<object?> ChildFailureAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        try
        {
            await context.CallSubOrchestratorAsync("Broken", null, Id(context, "broken"));
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}";
        }
    }

    private static async Task<object?> ChildRetriedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var options = new SubOrchestrationOptions(new RetryPolicy(2, hour), context.InstanceId + "-broken");
        await context.CallSubOrchestratorAsync("Broken", null, options);
        return "no failure";
    }

    private static async Task<object?> ChildTerminatedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        try
        {
            await context.CallSubOrchestratorAsync("Doomed", null, Id(context, "doomed"));
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return failed.FailureDetails.ErrorType;
        }
    }

    private static async Task<object?> EventsSentAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var box = context.CallSubOrchestratorAsync<string>("Box", null, Id(context, "box"));
        await context.CallActivityAsync("Echo", "now the box is there");
        foreach (var letter in "abc")
            context.SendEvent(context.InstanceId + "-box", "letter", letter.ToString());
        context.SendEvent(context.InstanceId + "-nobody", "letter", "lost");
        var all = await box;
        context.SendEvent(context.InstanceId + "-box", "letter", "too late");
        return all;
    }

    private static async Task<object?> LeafAsync(TaskOrchestrationContext context, TimeSpan hour)
        => await context.CallActivityAsync<string>("Echo", context.GetInput<string>()) + (context.Parent is null ? " alone" : "");

    private static async Task<object?> BrokenAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("about to break");
        await context.CreateTimer(hour, CancellationToken.None);
        throw new NotSupportedException("broken");
    }

    private static async Task<object?> WaiterAsync(TaskOrchestrationContext context, TimeSpan hour) => await context.WaitForExternalEvent<string>("go");

    private static async Task<object?> DoomedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("terminate");
        return await context.WaitForExternalEvent<string>("never");
    }

    private static async Task<object?> BoxAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var letters = "";
        while (letters.Length < 3)
            letters += await context.WaitForExternalEvent<string>("letter");
        return letters;
    }

    /// <summary>Sends what its input names to its parent, each once.</summary>
    private static async Task<object?> SenderAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        foreach (var name in context.GetInput<string[]>()!)
            context.SendEvent(context.Parent!.InstanceId, name, $"{name} {await context.CallActivityAsync<string>("Echo", name)}");
        return null;
    }
}
