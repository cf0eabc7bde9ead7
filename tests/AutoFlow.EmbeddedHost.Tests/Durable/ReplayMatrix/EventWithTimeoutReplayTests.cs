using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>An event in time, then one that does not come.</summary>
public sealed class EventWithTimeoutReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Timer(0, 24))
        .Then(Raised("reply", "\"yes\"")).Decides(Cancelled(0), Timer(1, 2))
        .Then(Fired(1)).Decides(Activity(2, "Remind", "\"yes, then none\""))
        .Then(Raised("reply", "\"too late\""), Done(2, "\"done\"")).Decides(Returned("\"done\"")))
    {
        { "unchanged", context => AskAsync(context, 24, 1) },
        { "by hand", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromHours(24), stop.Token);
                var reply = await context.WaitForExternalEvent<string>("reply");
                stop.Cancel();
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return await context.CallActivityAsync<string>("Remind", $"{reply}, then none");
            }
        },
        { "waits without end", "turn 0, step 1: expected a timer (#0), found nothing more in this turn", async context =>
            await context.WaitForExternalEvent<string>("reply")
        },
        { "no second wait", "turn 1, step 2: expected a timer (#1), found activity 'Remind' (#1)", async context =>
            {
                var reply = await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(24));
                return await context.CallActivityAsync<string>("Remind", $"{reply}, then none");
            }
        },
        { "does not catch the timeout", "turn 2, step 1: expected activity 'Remind' (#2), found the orchestrator's failure", async context =>
            {
                await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(24));
                return await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(1));
            }
        },
        { "waits for another event", "turn 1, step 1: expected the timer's cancellation (#0), found nothing more in this turn", async context =>
            await context.WaitForExternalEvent<string>("answer", TimeSpan.FromHours(24))
        },
    };

    private static async Task<object?> AskAsync(TaskOrchestrationContext context, double first, double second)
    {
        var reply = await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(first));
        try
        {
            return await context.WaitForExternalEvent<string>("reply", TimeSpan.FromHours(second));
        }
        catch (OperationCanceledException)
        {
            return await context.CallActivityAsync<string>("Remind", $"{reply}, then none");
        }
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
