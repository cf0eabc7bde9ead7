using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>The first turn of a generation that got events from the one before.</summary>
public sealed class CarriedEventsReplayTests
{
    private static readonly ReplayTable Table = new(new Past()
        .Then(new AutoFlow.EmbeddedHost.Durable.History.ExecutionStarted(Past.Flow, null, "2", 5, null), Raised("n", "8"), Raised("other"), Raised("n", "9"))
        .Decides(Activity(0, "Add", "17"))
        .Then(Done(0, "17")).Decides(Returned("17")))
    {
        { "unchanged", async context =>
            {
                var sum = await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
                return await context.CallActivityAsync<int>("Add", sum);
            }
        },
        { "waits for another", "turn 0, step 1: expected activity 'Add' (#0), found nothing more in this turn", async context =>
            await context.CallActivityAsync<int>("Add", await context.WaitForExternalEvent<int>("m"))
        },
        { "reads three", "turn 0, step 1: expected activity 'Add' (#0), found nothing more in this turn", async context =>
            {
                for (var count = 0; count < 3; count++)
                    await context.WaitForExternalEvent<int>("n");
                return await context.CallActivityAsync<int>("Add", 17);
            }
        },
    };

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
