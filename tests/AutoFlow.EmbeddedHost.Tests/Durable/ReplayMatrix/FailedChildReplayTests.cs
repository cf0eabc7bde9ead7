using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A child that fails, is tried again under the same id, and fails for good.</summary>
public sealed class FailedChildReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Child(0, "Parcel", "parcel-1"))
        .Then(Broke(0)).Decides(Timer(1, 2))
        .Then(Fired(1)).Decides(Child(2, "Parcel", "parcel-1"))
        .Then(Broke(2, "lost")).Decides(Activity(3, "Refund", "\"lost\""))
        .Then(Done(3, "12")).Decides(Returned("12")))
    {
        { "unchanged", context => SendAsync(context, 2, "Refund") },
        { "more attempts", "turn 3, step 1: expected activity 'Refund' (#3), found a timer (#3)", context => SendAsync(context, 3, "Refund") },
        { "fewer attempts", "turn 1, step 1: expected a timer (#1), found activity 'Refund' (#1)", context => SendAsync(context, 1, "Refund") },
        { "other activity", "turn 3, step 1: expected activity 'Refund' (#3), found activity 'Apologise' (#3)", context => SendAsync(context, 2, "Apologise") },
        { "catches no more", "turn 3, step 1: expected activity 'Refund' (#3), found the orchestrator's failure", async context =>
            await context.CallSubOrchestratorAsync<int>("Parcel", null, new SubOrchestrationOptions(new RetryPolicy(2, TimeSpan.FromHours(1)), "parcel-1"))
        },
        { "another id at each attempt", "turn 0, step 1: expected child orchestration 'Parcel' with id 'parcel-1' (#0), found child orchestration 'Parcel' with id 'parcel-1-1' (#0)", async context =>
            await context.CallSubOrchestratorAsync<int>("Parcel", null, new SubOrchestrationOptions(instanceId: "parcel-1-1"))
        },
    };

    private static async Task<object?> SendAsync(TaskOrchestrationContext context, int attempts, string otherwise)
    {
        try
        {
            return await context.CallSubOrchestratorAsync<int>("Parcel", null, new SubOrchestrationOptions(new RetryPolicy(attempts, TimeSpan.FromHours(1)), "parcel-1"));
        }
        catch (TaskFailedException failed)
        {
            return await context.CallActivityAsync<int>(otherwise, failed.FailureDetails.ErrorMessage);
        }
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
