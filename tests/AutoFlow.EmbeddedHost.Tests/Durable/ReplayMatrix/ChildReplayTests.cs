using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A child with an id of the code's, and one with an id of the engine's.</summary>
public sealed class ChildReplayTests
{
    // UUID version 5 of "flow-1_2026-03-01T09:00:00.0000000Z_0" in the namespace that Microsoft's SDK uses.
    private const string MadeId = "df0b47a3457555d7892b550f19cfbcda";

    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Child(0, "Parcel", "parcel-1", "\"A\""))
        .Then(Done(0, "\"sent\"")).Decides(Child(1, "Invoice", MadeId, "\"sent\""))
        .Then(Done(1, "3")).Decides(Returned("3")))
    {
        { "unchanged", context => SendAsync(context, "Parcel", "parcel-1") },
        { "name in other letters", context => SendAsync(context, "PARCEL", "parcel-1"), Past.Started()
            .Decides(Child(0, "PARCEL", "parcel-1", "\"A\""))
            .Then(Done(0, "\"sent\"")).Decides(Child(1, "Invoice", MadeId, "\"sent\""))
            .Then(Done(1, "3")).Decides(Returned("3"))
        },
        { "name changed", "turn 0, step 1: expected child orchestration 'Parcel' with id 'parcel-1' (#0), found child orchestration 'Box' with id 'parcel-1' (#0)", context =>
            SendAsync(context, "Box", "parcel-1")
        },
        { "id changed", "turn 0, step 1: expected child orchestration 'Parcel' with id 'parcel-1' (#0), found child orchestration 'Parcel' with id 'parcel-2' (#0)", context =>
            SendAsync(context, "Parcel", "parcel-2")
        },
        { "an id made before", $"turn 1, step 1: expected child orchestration 'Invoice' with id '{MadeId}' (#1), found child orchestration 'Invoice' with id 'af7ed37db80c5dbab6136e66762d2db3' (#1)", async context =>
            {
                var parcel = await context.CallSubOrchestratorAsync<string>("Parcel", "A", new SubOrchestrationOptions(instanceId: "parcel-1"));
                context.NewGuid();
                return await context.CallSubOrchestratorAsync<int>("Invoice", parcel);
            }
        },
        { "activity instead of the child", "turn 0, step 1: expected child orchestration 'Parcel' with id 'parcel-1' (#0), found activity 'Parcel' (#0)", async context =>
            await context.CallActivityAsync<string>("Parcel", "A")
        },
        { "one child less", "turn 1, step 1: expected child orchestration 'Invoice' with id '" + MadeId + "' (#1), found the orchestrator's return", async context =>
            await context.CallSubOrchestratorAsync<string>("Parcel", "A", new SubOrchestrationOptions(instanceId: "parcel-1"))
        },
        { "one child more", "turn 0, step 2: expected nothing more in this turn, found child orchestration 'Parcel' with id 'parcel-2' (#1)", async context =>
            {
                await Task.WhenAll(new[] { 1, 2 }.Select(number =>
                    context.CallSubOrchestratorAsync<string>("Parcel", "A", new SubOrchestrationOptions(instanceId: $"parcel-{number}"))));
                return 3;
            }
        },
    };

    private static async Task<object?> SendAsync(TaskOrchestrationContext context, string name, string id)
    {
        var parcel = await context.CallSubOrchestratorAsync<string>(name, "A", new SubOrchestrationOptions(instanceId: id));
        return await context.CallSubOrchestratorAsync<int>("Invoice", parcel);
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
