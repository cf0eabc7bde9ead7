using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Waits for events: they leave no trace in the decisions, so that only what follows from them shows a change.</summary>
public sealed class ExternalEventReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Then(Raised("order", "\"A-1001\"")).Decides(Activity(0, "Find", "\"A-1001\""))
        .Then(Raised("ANSWER", "\"yes\""))
        .Then(Done(0, "\"found\"")).Decides(Returned("\"found yes\"")))
    {
        { "unchanged", context => FindAsync(context, "order", "Find") },
        { "name in other letters", context => FindAsync(context, "Order", "Find") },
        { "waits for both at once", async context =>
            {
                var answer = context.WaitForExternalEvent<string>("answer");
                var found = await context.CallActivityAsync<string>("Find", await context.WaitForExternalEvent<string>("order"));
                return $"{found} {await answer}";
            }
        },
        { "waits for another event", "turn 1, step 1: expected activity 'Find' (#0), found nothing more in this turn", context => FindAsync(context, "customer", "Find") },
        { "other activity", "turn 1, step 1: expected activity 'Find' (#0), found activity 'Search' (#0)", context => FindAsync(context, "order", "Search") },
        { "waits no more", "turn 0, step 1: expected nothing more in this turn, found activity 'Find' (#0)", async context =>
            await context.CallActivityAsync<string>("Find", "A-1001")
        },
        { "does not wait for the answer", "turn 3, step 1: expected the orchestrator's return, found the orchestrator's failure", async context =>
            {
                await context.CallActivityAsync<string>("Find", await context.WaitForExternalEvent<string>("order"));
                throw new InvalidOperationException("changed");
            }
        },
        { "reads it as another type", "turn 1, step 1: expected activity 'Find' (#0), found the orchestrator's failure", async context =>
            await context.CallActivityAsync<string>("Find", await context.WaitForExternalEvent<int>("order"))
        },
        { "waits for one more", "turn 3, step 1: expected the orchestrator's return, found nothing more in this turn", async context =>
            {
                await FindAsync(context, "order", "Find");
                return await context.WaitForExternalEvent<string>("more");
            }
        },
    };

    private static async Task<object?> FindAsync(TaskOrchestrationContext context, string name, string activity)
    {
        var found = await context.CallActivityAsync<string>(activity, await context.WaitForExternalEvent<string>(name));
        return $"{found} {await context.WaitForExternalEvent<string>("answer")}";
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
