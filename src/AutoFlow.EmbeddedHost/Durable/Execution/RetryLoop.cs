using Microsoft.DurableTask;

namespace AutoFlow.EmbeddedHost.Durable.Execution;

/// <summary>
/// Tries a task again by its options. It is orchestrator code: it waits on durable timers and is replayed. What is set aside is not tried
/// again: each attempt would take the process down a few more times.
/// </summary>
internal static class RetryLoop
{
    public static Task<T> Run<T>(TaskOrchestrationContext context, TaskRetryOptions? retry, Func<Task<T>> attempt) => retry switch
    {
        { Policy: { } policy } => ByPolicy(context, policy, attempt),
        { Handler: { } handler } => ByHandler(context, handler, attempt),
        _ => attempt(),
    };

    private static async Task<T> ByPolicy<T>(TaskOrchestrationContext context, RetryPolicy policy, Func<Task<T>> attempt)
    {
        var began = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            TimeSpan delay;
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed) when (!SetAside.Is(failed.FailureDetails))
            {
                // The limits come first: the delegate is not asked about a failure that is final anyway.
                if (RetryDelay.Next(policy, number, context.CurrentUtcDateTime - began) is not { } next || !policy.Handle(failed))
                    throw;
                delay = next;
            }

            var now = context.CurrentUtcDateTime;
            await context.CreateTimer(delay > DateTime.MaxValue - now ? DateTime.MaxValue : now + delay, CancellationToken.None);
        }
    }

    private static async Task<T> ByHandler<T>(TaskOrchestrationContext context, AsyncRetryHandler handler, Func<Task<T>> attempt)
    {
        var began = context.CurrentUtcDateTime;
        for (var number = 1; ; number++)
        {
            try
            {
                return await attempt();
            }
            catch (TaskFailedException failed) when (!SetAside.Is(failed.FailureDetails))
            {
                var soFar = new RetryContext(context, number, failed.FailureDetails, context.CurrentUtcDateTime - began, CancellationToken.None);
                if (!await handler(soFar))
                    throw;
            }
        }
    }
}
