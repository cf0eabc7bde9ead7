using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>The time is that of the turn, at every replay.</summary>
public sealed class CurrentTimeReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Note", "\"2026-03-01T08:00:00Z\""))
        .Then(Done(0)).Decides(Activity(1, "Note", "\"2026-03-01T09:00:00Z\""))
        .Then(Raised("nobody waits"))
        .Then(Done(1)).Decides(Returned("3")))
    {
        { "unchanged", async context =>
            {
                var begun = context.CurrentUtcDateTime;
                await context.CallActivityAsync("Note", begun);
                await context.CallActivityAsync("Note", context.CurrentUtcDateTime);
                return (context.CurrentUtcDateTime - begun).Hours;
            }
        },
        { "decides by the time", "turn 1, step 1: expected activity 'Note' (#1), found activity 'Late' (#1)", async context =>
            {
                await context.CallActivityAsync("Note");
                await context.CallActivityAsync(context.CurrentUtcDateTime.Hour < 9 ? "Note" : "Late");
                return 3;
            }
        },
    };

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
