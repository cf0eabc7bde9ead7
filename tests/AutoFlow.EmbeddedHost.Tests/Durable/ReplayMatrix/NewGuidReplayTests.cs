using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Ids are made of the instance, the time, the generation and a count, as Microsoft's SDK makes them.</summary>
public sealed class NewGuidReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Keep", "\"7e62a7bd-1084-5940-af05-6321757cd031\""))
        .Then(Done(0)).Decides(Returned("\"af7ed37d-b80c-5dba-b613-6e66762d2db3\"")))
    {
        { "unchanged", async context =>
            {
                await context.CallActivityAsync("Keep", context.NewGuid());
                return context.NewGuid();
            }
        },
    };

    [Fact]
    public void A_later_generation_has_others()
    {
        var table = new ReplayTable(Past.Started(generation: 2).Decides(Returned("\"33bf493b-a05d-55f3-89dd-479d38fba0f3\"")))
        {
            { "unchanged", context => Task.FromResult<object?>(context.NewGuid()) },
        };
        table.Check("unchanged");
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
