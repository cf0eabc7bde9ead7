using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>Timers and events.</summary>
internal static class WaitFlows
{
    /// <summary>In hours: longer than any run takes.</summary>
    private const int Never = 1_000_000;

    public static (string Name, Func<TaskOrchestrationContext, TimeSpan, Task<object?>> Run)[] All =>
    [
        ("Timer", TimerAsync), ("TimerCancelled", TimerCancelledAsync), ("Event", EventAsync), ("EventBuffered", EventBufferedAsync),
        ("EventInTime", EventInTimeAsync), ("EventTimeout", EventTimeoutAsync), ("Race", RaceAsync), ("ScheduledStart", ScheduledStartAsync),
    ];

    private static async Task<object?> TimerAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var begun = context.CurrentUtcDateTime;
        await context.CreateTimer(2 * hour, CancellationToken.None);
        await context.CreateTimer(context.CurrentUtcDateTime - hour, CancellationToken.None);
        return context.CurrentUtcDateTime >= begun + (2 * hour) ? "waited" : "too early";
    }

    private static async Task<object?> TimerCancelledAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        using var stop = new CancellationTokenSource();
        var far = context.CreateTimer(Never * hour, stop.Token);
        var near = context.CreateTimer(hour, CancellationToken.None);
        var first = await Task.WhenAny(far, near);
        stop.Cancel();
        await context.CallActivityAsync("Echo", "after");
        return first == near && far.IsCanceled ? "the near one" : "the far one";
    }

    private static async Task<object?> EventAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("raise one");
        var one = await context.WaitForExternalEvent<string>("one");
        context.SetCustomStatus("raise two");
        var two = await context.WaitForExternalEvent<string>("two");
        context.SetCustomStatus("got both");
        return $"{one} {two}";
    }

    private static async Task<object?> EventBufferedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("raise early go");
        await context.WaitForExternalEvent<string>("go");
        context.SetCustomStatus(null);
        return await context.WaitForExternalEvent<string>("early") + await context.CallActivityAsync<string>("Echo", "!");
    }

    private static async Task<object?> EventInTimeAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("raise reply");
        return await context.WaitForExternalEvent<string>("reply", Never * hour);
    }

    private static async Task<object?> EventTimeoutAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        try
        {
            return await context.WaitForExternalEvent<string>("reply", 2 * hour);
        }
        catch (OperationCanceledException)
        {
            return "no reply";
        }
    }

    private static async Task<object?> RaceAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var timer = context.CreateTimer(hour, CancellationToken.None);
        var child = context.CallSubOrchestratorAsync<string>("Waiter", null, new SubOrchestrationOptions(instanceId: context.InstanceId + "-waiter"));
        var first = await Task.WhenAny(timer, child);
        context.SendEvent(context.InstanceId + "-waiter", "go", "go on");
        return $"{(first == timer ? "timer" : "child")}, then {await child}";
    }

    private static Task<object?> ScheduledStartAsync(TaskOrchestrationContext context, TimeSpan hour) => Task.FromResult<object?>(context.GetInput<string>());
}
