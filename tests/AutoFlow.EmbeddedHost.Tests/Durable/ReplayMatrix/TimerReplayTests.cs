using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A timer, and another one whose time comes from the first.</summary>
public sealed class TimerReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Timer(0, 1))
        .Then(Fired(0)).Decides(Timer(1, 2))
        .Then(Fired(1)).Decides(Returned("\"2026-03-01T10:00:00Z\"")))
    {
        { "unchanged", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                await context.CreateTimer(context.CurrentUtcDateTime.AddHours(1), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }
        },
        { "activity instead of the timer", "turn 0, step 1: expected a timer (#0), found activity 'Wait' (#0)", async context =>
            await context.CallActivityAsync<string>("Wait")
        },
        { "one timer less", "turn 1, step 1: expected a timer (#1), found the orchestrator's return", async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }
        },
        { "one timer more", "turn 2, step 1: expected the orchestrator's return, found a timer (#2)", async context =>
            {
                for (var timer = 0; timer < 3; timer++)
                    await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                return context.CurrentUtcDateTime;
            }
        },
        { "both at once", "turn 0, step 2: expected nothing more in this turn, found a timer (#1)", async context =>
            {
                await Task.WhenAll(
                    context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None), context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None));
                return context.CurrentUtcDateTime;
            }
        },
        { "an event with a timeout instead", "turn 1, step 1: expected a timer (#1), found the orchestrator's return", async context =>
            {
                try
                {
                    return await context.WaitForExternalEvent<DateTime>("now", TimeSpan.FromHours(1));
                }
                catch (OperationCanceledException)
                {
                    return context.CurrentUtcDateTime;
                }
            }
        },
    };

    [Fact]
    public void Another_time_is_no_other_decision()
    {
        // An instance that waits already keeps its time; the next one has the new one.
        var past = Past.Started().Decides(Timer(0, 1)).Then(Fired(0)).Decides(Activity(1, "After")).Then(Done(1)).Decides(Returned("1"));
        var execution = new AutoFlow.EmbeddedHost.Durable.Execution.OrchestrationExecution(
            Past.Id,
            async context =>
            {
                await context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                await context.CallActivityAsync("After");
                return 1;
            },
            Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        Assert.Null(Record.Exception(() => past.Turns.ToList().ForEach(execution.Replay)));
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
