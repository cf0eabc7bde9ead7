using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A timer that an event cancels, and what the code does then.</summary>
public sealed class CancelledTimerReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Timer(0, 48))
        .Then(Raised("stop")).Decides(Cancelled(0), Activity(1, "Note", "\"cancelled\""))
        .Then(Done(1)).Decides(Returned("true")))
    {
        { "unchanged", context => StopAsync(context, cancel: true, "Note") },
        { "cancels no more", "turn 1, step 1: expected the timer's cancellation (#0), found activity 'Note' (#1)", context =>
            StopAsync(context, cancel: false, "Note")
        },
        { "other activity", "turn 1, step 2: expected activity 'Note' (#1), found activity 'Write' (#1)", context => StopAsync(context, cancel: true, "Write") },
        { "cancels after the activity", "turn 1, step 1: expected the timer's cancellation (#0), found activity 'Note' (#1)", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(2), stop.Token);
                await context.WaitForExternalEvent<object>("stop");
                var note = context.CallActivityAsync("Note", "cancelled");
                stop.Cancel();
                await note;
                return timer.IsCanceled;
            }
        },
        { "begins cancelled", "turn 0, step 1: expected a timer (#0), found nothing more in this turn", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromDays(2), new CancellationToken(canceled: true));
                await context.WaitForExternalEvent<object>("stop");
                return timer.IsCanceled;
            }
        },
        { "cancels twice", async context =>
            {
                using var stop = new CancellationTokenSource();
                var timer = context.CreateTimer(TimeSpan.FromDays(2), stop.Token);
                await context.WaitForExternalEvent<object>("stop");
                stop.Cancel();
                stop.Cancel();
                await context.CallActivityAsync("Note", "cancelled");
                return timer.IsCanceled;
            }
        },
    };

    private static async Task<object?> StopAsync(TaskOrchestrationContext context, bool cancel, string activity)
    {
        using var stop = new CancellationTokenSource();
        var timer = context.CreateTimer(TimeSpan.FromDays(2), stop.Token);
        await context.WaitForExternalEvent<object>("stop");
        if (cancel)
            stop.Cancel();
        await context.CallActivityAsync(activity, "cancelled");
        return timer.IsCanceled;
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
