using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Events to other instances, between other decisions, in their order.</summary>
public sealed class SendEventReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Sent("a", "news", "\"first\""), Activity(0, "Work"), Sent("b", "news", "\"second\""))
        .Then(Done(0)).Decides(Sent("a", "end"), Returned("1")))
    {
        { "unchanged", context => TellAsync(context, "a", "news", "first") },
        { "name in other letters", context => TellAsync(context, "a", "NEWS", "first"), Past.Started()
            .Decides(Sent("a", "NEWS", "\"first\""), Activity(0, "Work"), Sent("b", "news", "\"second\""))
            .Then(Done(0)).Decides(Sent("a", "end"), Returned("1"))
        },
        { "to another", "turn 0, step 1: expected event 'news' to instance 'a', found event 'news' to instance 'c'", context => TellAsync(context, "c", "news", "first") },
        { "another event", "turn 0, step 1: expected event 'news' to instance 'a', found event 'olds' to instance 'a'", context => TellAsync(context, "a", "olds", "first") },
        { "first the work", "turn 0, step 1: expected event 'news' to instance 'a', found activity 'Work' (#0)", async context =>
            {
                await context.CallActivityAsync("Work");
                return 1;
            }
        },
        { "tells no more at the end", "turn 1, step 1: expected event 'end' to instance 'a', found the orchestrator's return", async context =>
            {
                context.SendEvent("a", "news", "first");
                var work = context.CallActivityAsync("Work");
                context.SendEvent("b", "news", "second");
                await work;
                return 1;
            }
        },
        { "tells once more", "turn 0, step 4: expected nothing more in this turn, found event 'news' to instance 'c'", async context =>
            {
                context.SendEvent("a", "news", "first");
                var work = context.CallActivityAsync("Work");
                context.SendEvent("b", "news", "second");
                context.SendEvent("c", "news", "third");
                await work;
                return 1;
            }
        },
    };

    private static async Task<object?> TellAsync(TaskOrchestrationContext context, string to, string name, string what)
    {
        context.SendEvent(to, name, what);
        var work = context.CallActivityAsync("Work");
        context.SendEvent("b", "news", "second");
        await work;
        context.SendEvent("a", "end", null!);
        return 1;
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
