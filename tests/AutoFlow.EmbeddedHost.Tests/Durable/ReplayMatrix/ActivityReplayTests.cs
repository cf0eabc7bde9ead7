using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Two activities, one after the other.</summary>
public sealed class ActivityReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started("3")
        .Decides(Activity(0, "First", "3"))
        .Then(Done(0, "4")).Decides(Activity(1, "Second", "4"))
        .Then(Done(1, "5")).Decides(Returned("9")))
    {
        { "unchanged", async context =>
            {
                var first = await context.CallActivityAsync<int>("First", context.GetInput<int>());
                return first + await context.CallActivityAsync<int>("Second", first);
            }
        },
        { "name changed", "turn 1, step 1: expected activity 'Second' (#1), found activity 'Other' (#1)", async context =>
            {
                var first = await context.CallActivityAsync<int>("First", context.GetInput<int>());
                return first + await context.CallActivityAsync<int>("Other", first);
            }
        },
        { "order changed", "turn 0, step 1: expected activity 'First' (#0), found activity 'Second' (#0)", async context =>
            {
                var second = await context.CallActivityAsync<int>("Second", context.GetInput<int>());
                return second + await context.CallActivityAsync<int>("First", second);
            }
        },
        { "task removed at the beginning", "turn 0, step 1: expected activity 'First' (#0), found activity 'Second' (#0)", async context =>
            await context.CallActivityAsync<int>("Second", 4)
        },
        { "task removed at the end", "turn 1, step 1: expected activity 'Second' (#1), found the orchestrator's return", async context =>
            await context.CallActivityAsync<int>("First", 3)
        },
        { "task added at the beginning", "turn 0, step 1: expected activity 'First' (#0), found activity 'New' (#0)", async context =>
            {
                await context.CallActivityAsync("New");
                return await context.CallActivityAsync<int>("First", 3) + await context.CallActivityAsync<int>("Second", 4);
            }
        },
        { "task added beside", "turn 0, step 2: expected nothing more in this turn, found activity 'New' (#1)", async context =>
            {
                var first = context.CallActivityAsync<int>("First", 3);
                _ = context.CallActivityAsync("New");
                return await first + await context.CallActivityAsync<int>("Second", 4);
            }
        },
        { "task added at the end", "turn 2, step 1: expected the orchestrator's return, found activity 'Third' (#2)", async context =>
            {
                var sum = await context.CallActivityAsync<int>("First", 3) + await context.CallActivityAsync<int>("Second", 4);
                return sum + await context.CallActivityAsync<int>("Third", 5);
            }
        },
        { "timer instead of the activity", "turn 1, step 1: expected activity 'Second' (#1), found a timer (#1)", async context =>
            {
                var first = await context.CallActivityAsync<int>("First", 3);
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return first;
            }
        },
        { "child instead of the activity", "turn 0, step 1: expected activity 'First' (#0), found child orchestration 'First' with id 'c' (#0)", async context =>
            await context.CallSubOrchestratorAsync<int>("First", 3, new SubOrchestrationOptions(instanceId: "c"))
        },
        { "event instead of the activity", "turn 1, step 1: expected activity 'Second' (#1), found event 'e' to instance 'x'", async context =>
            {
                var first = await context.CallActivityAsync<int>("First", 3);
                context.SendEvent("x", "e", "");
                return first + await context.CallActivityAsync<int>("Second", first);
            }
        },
        { "returned earlier", "turn 0, step 1: expected activity 'First' (#0), found the orchestrator's return", _ => Task.FromResult<object?>(9) },
        { "waits instead", "turn 1, step 1: expected activity 'Second' (#1), found nothing more in this turn", async context =>
            {
                var first = await context.CallActivityAsync<int>("First", 3);
                return first + await context.WaitForExternalEvent<int>("go");
            }
        },
        { "ran longer", "turn 2, step 1: expected the orchestrator's return, found nothing more in this turn", async context =>
            {
                var sum = await context.CallActivityAsync<int>("First", 3) + await context.CallActivityAsync<int>("Second", 4);
                return sum + await context.WaitForExternalEvent<int>("go");
            }
        },
        { "failed", "turn 1, step 1: expected activity 'Second' (#1), found the orchestrator's failure", async context =>
            {
                await context.CallActivityAsync<int>("First", 3);
                throw new InvalidOperationException("changed");
            }
        },
        { "failed at the end", "turn 2, step 1: expected the orchestrator's return, found the orchestrator's failure", async context =>
            {
                await context.CallActivityAsync<int>("First", 3);
                await context.CallActivityAsync<int>("Second", 4);
                throw new InvalidOperationException("changed");
            }
        },
        { "starts over", "turn 2, step 1: expected the orchestrator's return, found the orchestrator starting over", async context =>
            {
                await context.CallActivityAsync<int>("First", 3);
                await context.CallActivityAsync<int>("Second", 4);
                context.ContinueAsNew(1);
                return null;
            }
        },
        { "result read as another type", "turn 1, step 1: expected activity 'Second' (#1), found the orchestrator's failure", async context =>
            {
                var first = await context.CallActivityAsync<string>("First", 3);
                return await context.CallActivityAsync<int>("Second", first);
            }
        },
    };

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
