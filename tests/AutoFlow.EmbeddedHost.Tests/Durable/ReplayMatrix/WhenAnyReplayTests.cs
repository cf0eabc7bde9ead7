using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A race between an activity, a timer and an event; what comes in one turn comes in its order.</summary>
public sealed class WhenAnyReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Ask"), Timer(1, 5))
        .Then(Raised("cancel", "\"customer\""), Done(0, "\"answer\"")).Decides(Activity(2, "Note", "2"))
        .Then(Fired(1), Done(2)).Decides(Returned("\"customer answer\"")))
    {
        { "unchanged", async context => await RaceAsync(context, tasks => Task.WhenAny(tasks)) },
        { "asks for the first of those that are done", "turn 1, step 1: expected activity 'Note' (#2), found nothing more in this turn", async context =>
            await RaceAsync(context, async tasks =>
            {
                await Task.WhenAll(tasks);
                return await Task.WhenAny(tasks);
            })
        },
        { "without the event", "turn 2, step 1: expected the orchestrator's return, found nothing more in this turn", async context =>
            {
                var ask = context.CallActivityAsync<string>("Ask");
                await Task.WhenAny(ask, context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None));
                await context.CallActivityAsync("Note", 2);
                return await context.WaitForExternalEvent<string>("more");
            }
        },
        { "the timer first", "turn 0, step 1: expected activity 'Ask' (#0), found a timer (#0)", async context =>
            {
                var timer = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                await Task.WhenAny(timer, context.CallActivityAsync<string>("Ask"));
                return null;
            }
        },
        { "cancels the loser", "turn 1, step 1: expected activity 'Note' (#2), found the timer's cancellation (#1)", async context =>
            {
                using var stop = new CancellationTokenSource();
                await Task.WhenAny(
                    context.CallActivityAsync<string>("Ask"), context.CreateTimer(TimeSpan.FromHours(5), stop.Token), context.WaitForExternalEvent<string>("cancel"));
                stop.Cancel();
                await context.CallActivityAsync("Note", 2);
                return null;
            }
        },
        { "notes by the winner", "turn 1, step 1: expected activity 'Note' (#2), found activity 'NoteEvent' (#2)", async context =>
            {
                var ask = context.CallActivityAsync<string>("Ask");
                var timer = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
                var cancel = context.WaitForExternalEvent<string>("cancel");
                var first = await Task.WhenAny(ask, timer, cancel);
                await context.CallActivityAsync(first == cancel ? "NoteEvent" : "Note");
                return null;
            }
        },
    };

    private static async Task<object?> RaceAsync(TaskOrchestrationContext context, Func<Task[], Task<Task>> first)
    {
        var ask = context.CallActivityAsync<string>("Ask");
        var timer = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
        var cancel = context.WaitForExternalEvent<string>("cancel");
        Task[] tasks = [ask, timer, cancel];
        await context.CallActivityAsync("Note", Array.IndexOf(tasks, await first(tasks)));
        await timer;
        return $"{await cancel} {await ask}";
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
