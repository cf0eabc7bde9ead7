using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A generation that starts over with the events that nobody waited for.</summary>
public sealed class ContinueAsNewReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started("1", generation: 4)
        .Decides(Activity(0, "Work", "1"))
        .Then(Raised("n", "7"), Raised("n", "8"), Raised("other"))
        .Then(Done(0), Raised("n", "9")).Decides(Over("2", Raised("n", "8"), Raised("other"), Raised("n", "9"))))
    {
        { "unchanged", context => WorkAsync(context, over: true, preserve: true) },
        { "carries none", context => WorkAsync(context, over: true, preserve: false), Past.Started("1", generation: 4)
            .Decides(Activity(0, "Work", "1"))
            .Then(Raised("n", "7"), Raised("n", "8"), Raised("other"))
            .Then(Done(0), Raised("n", "9")).Decides(Over("2"))
        },
        { "starts over no more", "turn 2, step 1: expected the orchestrator starting over, found the orchestrator's return", context =>
            WorkAsync(context, over: false, preserve: true)
        },
        { "starts over before the work", "turn 0, step 1: expected activity 'Work' (#0), found the orchestrator starting over", context =>
            {
                context.ContinueAsNew(2);
                return Task.FromResult<object?>(null);
            }
        },
        { "fails although it wants to start over", "turn 2, step 1: expected the orchestrator starting over, found the orchestrator's failure", async context =>
            {
                await context.CallActivityAsync("Work", 1);
                context.ContinueAsNew(2);
                throw new InvalidOperationException("changed");
            }
        },
        { "waits although it wants to start over", "turn 2, step 1: expected the orchestrator starting over, found nothing more in this turn", async context =>
            {
                await context.CallActivityAsync("Work", 1);
                context.ContinueAsNew(2);
                return await context.WaitForExternalEvent<object>("go");
            }
        },
        { "works once more before", "turn 2, step 1: expected the orchestrator starting over, found activity 'Work' (#1)", async context =>
            {
                await context.CallActivityAsync("Work", 1);
                context.ContinueAsNew(2);
                await context.CallActivityAsync("Work", 2);
                return null;
            }
        },
    };

    private static async Task<object?> WorkAsync(TaskOrchestrationContext context, bool over, bool preserve)
    {
        await context.CallActivityAsync("Work", context.GetInput<int>());
        await context.WaitForExternalEvent<int>("n");
        if (over)
            context.ContinueAsNew(context.GetInput<int>() + 1, preserve);
        return null;
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
