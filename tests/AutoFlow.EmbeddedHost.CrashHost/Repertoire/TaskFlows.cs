using System.Globalization;
using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.CrashHost.Repertoire;

/// <summary>Activities: one after the other, side by side, failing, tried again.</summary>
internal static class TaskFlows
{
    public static (string Name, Func<TaskOrchestrationContext, TimeSpan, Task<object?>> Run)[] All =>
    [
        ("FanOut", FanOutAsync), ("FailureCaught", FailureCaughtAsync), ("RetryThenSuccess", RetryThenSuccessAsync),
        ("RetryExhausted", RetryExhaustedAsync), ("RetryHandler", RetryHandlerAsync), ("StableValues", StableValuesAsync), ("SlowActivity", SlowActivityAsync),
    ];

    private static async Task<object?> FanOutAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var parts = await Task.WhenAll(Enumerable.Range(1, 5).Select(number => context.CallActivityAsync<int>("Echo", number)));
        return await context.CallActivityAsync<int>("Echo", parts.Sum());
    }

    private static async Task<object?> FailureCaughtAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        try
        {
            await context.CallActivityAsync("Fail", "once");
            return "no failure";
        }
        catch (TaskFailedException failed)
        {
            return await context.CallActivityAsync<string>("Echo", $"{failed.TaskName}: {failed.FailureDetails.ErrorMessage}");
        }
    }

    private static async Task<object?> RetryThenSuccessAsync(TaskOrchestrationContext context, TimeSpan hour)
        => await context.CallActivityAsync<string>("FailTwice", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(5, hour, 2)));

    private static async Task<object?> RetryExhaustedAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        context.SetCustomStatus("trying");
        await context.CallActivityAsync<string>("Fail", "x", TaskOptions.FromRetryPolicy(new RetryPolicy(3, hour)));
        return "no failure";
    }

    private static async Task<object?> RetryHandlerAsync(TaskOrchestrationContext context, TimeSpan hour)
        => await context.CallActivityAsync<string>("FailTwice", "x", TaskOptions.FromRetryHandler(async retry =>
        {
            await retry.OrchestrationContext.CreateTimer(hour, CancellationToken.None);
            return retry.LastAttemptNumber < 3;
        }));

    /// <summary>What the context gives is the same at every replay: an activity keeps what the first run saw.</summary>
    private static async Task<object?> StableValuesAsync(TaskOrchestrationContext context, TimeSpan hour)
    {
        var id = context.NewGuid();
        var at = context.CurrentUtcDateTime.Ticks;
        var same = await context.CallActivityAsync<Guid>("Echo", id) == id;
        same &= await context.CallActivityAsync<long>("Echo", at) == at;
        same &= context.NewGuid() != id && context.CurrentUtcDateTime.Ticks >= at;
        await context.CreateTimer(hour, CancellationToken.None);
        return same.ToString(CultureInfo.InvariantCulture);
    }

    private static async Task<object?> SlowActivityAsync(TaskOrchestrationContext context, TimeSpan hour)
        => string.Concat(await Task.WhenAll(context.CallActivityAsync<string>("Slow", "a"), context.CallActivityAsync<string>("Slow", "b")));
}
