using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Three activities side by side, whose results come in another order and in two turns.</summary>
public sealed class FanOutReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started("[1,2,3]")
        .Decides(Activity(0, "Square", "1"), Activity(1, "Square", "2"), Activity(2, "Square", "3"))
        .Then(Done(2, "9"))
        .Then(Done(0, "1"), Done(1, "4")).Decides(Activity(3, "Note", "\"1,4,9\""))
        .Then(Done(3)).Decides(Returned("14")))
    {
        { "unchanged", context => SumAsync(context, each => each, "Note") },
        { "each goes on by itself", async context =>
            {
                async Task<int> OneAsync(int number) => await context.CallActivityAsync<int>("Square", number);
                var squares = await Task.WhenAll(context.GetInput<int[]>()!.Select(OneAsync));
                await context.CallActivityAsync("Note", string.Join(',', squares));
                return squares.Sum();
            }
        },
        { "input in another order is no other decision, but its results are", "turn 3, step 1: expected the orchestrator's return, found activity 'Note' (#4)", async context =>
            {
                await SumAsync(context, each => each.Reverse(), "Note");
                return await context.CallActivityAsync<int>("Note");
            }
        },
        { "one less", "turn 0, step 3: expected activity 'Square' (#2), found nothing more in this turn", context => SumAsync(context, each => each.Take(2), "Note") },
        { "one more", "turn 0, step 4: expected nothing more in this turn, found activity 'Square' (#3)", context => SumAsync(context, each => each.Append(4), "Note") },
        { "one after the other", "turn 0, step 2: expected activity 'Square' (#1), found nothing more in this turn", async context =>
            {
                var sum = 0;
                foreach (var number in context.GetInput<int[]>()!)
                    sum += await context.CallActivityAsync<int>("Square", number);
                return sum;
            }
        },
        { "goes on at the first result", "turn 1, step 1: expected nothing more in this turn, found activity 'Note' (#3)", async context =>
            {
                var first = await Task.WhenAny(context.GetInput<int[]>()!.Select(number => context.CallActivityAsync<int>("Square", number)).ToList());
                await context.CallActivityAsync("Note", await first);
                return 14;
            }
        },
        { "each is noted by itself", "turn 1, step 1: expected nothing more in this turn, found activity 'Note' (#3)", async context =>
            {
                await Task.WhenAll(context.GetInput<int[]>()!.Select(async number =>
                    await context.CallActivityAsync("Note", await context.CallActivityAsync<int>("Square", number))));
                return 14;
            }
        },
    };

    private static async Task<object?> SumAsync(TaskOrchestrationContext context, Func<int[], IEnumerable<int>> order, string note)
    {
        var squares = await Task.WhenAll(order(context.GetInput<int[]>()!).Select(number => context.CallActivityAsync<int>("Square", number)));
        await context.CallActivityAsync(note, string.Join(',', squares));
        return squares.Sum();
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
