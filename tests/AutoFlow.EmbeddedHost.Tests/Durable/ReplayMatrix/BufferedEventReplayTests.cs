using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Events that came before anybody waited: kept, and given out in their order.</summary>
public sealed class BufferedEventReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Then(Raised("n", "1"), Raised("other", "9"), Raised("n", "2"))
        .Then(Raised("begin")).Decides(Activity(0, "Add", "3"))
        .Then(Raised("n", "3"))
        .Then(Done(0, "3")).Decides(Returned("6")))
    {
        { "unchanged", async context =>
            {
                await context.WaitForExternalEvent<object>("begin");
                var sum = await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
                return await context.CallActivityAsync<int>("Add", sum) + await context.WaitForExternalEvent<int>("n");
            }
        },
        { "reads the other one too", async context =>
            {
                await context.WaitForExternalEvent<object>("begin");
                var sum = await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
                await context.WaitForExternalEvent<int>("other");
                return await context.CallActivityAsync<int>("Add", sum) + await context.WaitForExternalEvent<int>("n");
            }
        },
        { "reads before the beginning", "turn 1, step 1: expected nothing more in this turn, found activity 'Add' (#0)", async context =>
            {
                var sum = await context.WaitForExternalEvent<int>("n") + await context.WaitForExternalEvent<int>("n");
                return await context.CallActivityAsync<int>("Add", sum);
            }
        },
        { "reads one more", "turn 2, step 1: expected activity 'Add' (#0), found nothing more in this turn", async context =>
            {
                await context.WaitForExternalEvent<object>("begin");
                var sum = 0;
                for (var count = 0; count < 3; count++)
                    sum += await context.WaitForExternalEvent<int>("n");
                return await context.CallActivityAsync<int>("Add", sum);
            }
        },
        { "the last wait is served first, and a kept event goes to the first that asks", async context =>
            {
                await context.WaitForExternalEvent<object>("begin");
                var first = context.WaitForExternalEvent<int>("n");
                var second = context.WaitForExternalEvent<int>("n");
                var third = context.WaitForExternalEvent<int>("n");
                var added = await context.CallActivityAsync<int>("Add", await first + await second);
                return (await first, await second, await third, added) == (1, 2, 3, 3) ? 6 : 0;
            }
        },
    };

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
