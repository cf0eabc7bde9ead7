using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>An activity that a handler tries again: at once after the first failure, an hour after the second, not after the third.</summary>
public sealed class RetryHandlerReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Flaky"))
        .Then(Broke(0)).Decides(Activity(1, "Flaky"))
        .Then(Broke(1)).Decides(Timer(2, 3))
        .Then(Fired(2)).Decides(Activity(3, "Flaky"))
        .Then(Broke(3, "still not")).Decides(Failed("Flaky", 3, Failure<TimeoutException>("still not"))))
    {
        { "unchanged", context => CallAsync(context, wait: 2, last: 3) },
        { "waits earlier", "turn 1, step 1: expected activity 'Flaky' (#1), found a timer (#1)", context => CallAsync(context, wait: 1, last: 3) },
        { "waits no more", "turn 2, step 1: expected a timer (#2), found activity 'Flaky' (#2)", context => CallAsync(context, wait: 9, last: 3) },
        { "gives up earlier", "turn 2, step 1: expected a timer (#2), found the orchestrator's failure", context => CallAsync(context, wait: 2, last: 2) },
        { "goes on longer", "turn 4, step 1: expected the orchestrator's failure, found activity 'Flaky' (#4)", context => CallAsync(context, wait: 2, last: 4) },
        { "asks an activity first", "turn 1, step 1: expected activity 'Flaky' (#1), found activity 'MayI' (#1)", async context =>
            await context.CallActivityAsync<string>("Flaky", options: TaskOptions.FromRetryHandler(async retry =>
                await retry.OrchestrationContext.CallActivityAsync<bool>("MayI")))
        },
    };

    private static async Task<object?> CallAsync(TaskOrchestrationContext context, int wait, int last)
        => await context.CallActivityAsync<string>("Flaky", options: TaskOptions.FromRetryHandler(async retry =>
        {
            if (retry.LastAttemptNumber >= last)
                return false;
            if (retry.LastAttemptNumber == wait)
                await retry.OrchestrationContext.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            return true;
        }));

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
