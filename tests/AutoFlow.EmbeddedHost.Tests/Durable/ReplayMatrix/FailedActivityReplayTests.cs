using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>An activity that fails, and what the code does about it.</summary>
public sealed class FailedActivityReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Fragile"))
        .Then(Broke(0, "too slow")).Decides(Activity(1, "Repair", "\"too slow\""))
        .Then(Broke(1, "no tools")).Decides(Failed("Repair", 1, Failure<TimeoutException>("no tools"))))
    {
        { "unchanged", async context => await RepairAsync(context, "Repair") },
        { "catches by another way", async context =>
            {
                var fragile = context.CallActivityAsync("Fragile");
                await Task.WhenAny(fragile);
                var why = ((TaskFailedException)fragile.Exception!.InnerException!).FailureDetails.ErrorMessage;
                return await context.CallActivityAsync<string>("Repair", why);
            }
        },
        { "other repair", "turn 1, step 1: expected activity 'Repair' (#1), found activity 'Replace' (#1)", async context => await RepairAsync(context, "Replace") },
        { "catches no more", "turn 1, step 1: expected activity 'Repair' (#1), found the orchestrator's failure", async context =>
            await context.CallActivityAsync<string>("Fragile")
        },
        { "catches and returns", "turn 1, step 1: expected activity 'Repair' (#1), found the orchestrator's return", async context =>
            {
                try
                {
                    return await context.CallActivityAsync<string>("Fragile");
                }
                catch (TaskFailedException)
                {
                    return "given up";
                }
            }
        },
        { "catches the second too", "turn 2, step 1: expected the orchestrator's failure, found the orchestrator's return", async context =>
            {
                try
                {
                    return await RepairAsync(context, "Repair");
                }
                catch (TaskFailedException)
                {
                    return "given up";
                }
            }
        },
        { "goes on after the second", "turn 2, step 1: expected the orchestrator's failure, found activity 'Replace' (#2)", async context =>
            {
                try
                {
                    return await RepairAsync(context, "Repair");
                }
                catch (TaskFailedException)
                {
                    return await context.CallActivityAsync<string>("Replace");
                }
            }
        },
        { "tries again by a policy", "turn 1, step 1: expected activity 'Repair' (#1), found a timer (#1)", async context =>
            await context.CallActivityAsync<string>("Fragile", options: TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromHours(1))))
        },
    };

    private static async Task<string> RepairAsync(TaskOrchestrationContext context, string repair)
    {
        try
        {
            return await context.CallActivityAsync<string>("Fragile");
        }
        catch (TaskFailedException failed) when (failed.FailureDetails.IsCausedBy<TimeoutException>())
        {
            return await context.CallActivityAsync<string>(repair, failed.FailureDetails.ErrorMessage);
        }
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
