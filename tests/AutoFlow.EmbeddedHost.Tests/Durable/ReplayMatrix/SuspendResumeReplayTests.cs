using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>While suspended nothing reaches the code; what was held comes in its order when it is resumed.</summary>
public sealed class SuspendResumeReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "One"), Timer(1, 2))
        .Then(Suspended())
        .Then(Done(0, "1"), Raised("n", "5"))
        .Then(Fired(1))
        .Then(Raised("n", "6"), Resumed(), Raised("n", "7")).Decides(Activity(2, "Two", "\"1 5 6 7\""))
        .Then(Done(2, "2"), Suspended())
        .Then(Resumed())
        .Then(Raised("end")).Decides(Returned("2")))
    {
        { "unchanged", context => HeldAsync(context, "Two") },
        { "other activity", "turn 4, step 1: expected activity 'Two' (#2), found activity 'Three' (#2)", context => HeldAsync(context, "Three") },
        { "goes on at the first result", "turn 4, step 1: expected activity 'Two' (#2), found activity 'Early' (#2)", async context =>
            {
                var timer = Task.CompletedTask;
                var one = context.CallActivityAsync<int>("One");
                timer = context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
                await one;
                return await context.CallActivityAsync<int>("Early");
            }
        },
        { "a task removed", "turn 0, step 2: expected a timer (#1), found nothing more in this turn", async context => await context.CallActivityAsync<int>("One") },
        { "ends with the second result", "turn 5, step 1: expected nothing more in this turn, found the orchestrator's return", async context =>
            await UntilTwoAsync(context, "Two")
        },
    };

    private static async Task<object?> HeldAsync(TaskOrchestrationContext context, string two)
    {
        var result = await UntilTwoAsync(context, two);
        await context.WaitForExternalEvent<object>("end");
        return result;
    }

    private static async Task<int> UntilTwoAsync(TaskOrchestrationContext context, string two)
    {
        var one = context.CallActivityAsync<int>("One");
        await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
        var got = $"{await one}";
        for (var count = 0; count < 3; count++)
            got += $" {await context.WaitForExternalEvent<int>("n")}";
        return await context.CallActivityAsync<int>(two, got);
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
