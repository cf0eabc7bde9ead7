using AutoFlow.EmbeddedHost.Durable.Execution;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging.Abstractions;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>The code is told whether it runs for the first time, at each point where it goes on.</summary>
public sealed class IsReplayingTests
{
    [Theory]
    [InlineData(0, "begin new")]
    [InlineData(1, "begin again, activity new")]
    [InlineData(2, "begin again, activity again, event new")]
    [InlineData(3, "begin again, activity again, event again, timer new, end new")]
    public void It_is_false_in_the_turn_that_is_taken_and_true_before(int replayed, string expected)
    {
        var past = Past.Started().Decides(Activity(0, "Work"))
            .Then(Done(0))
            .Then(Raised("go")).Decides(Timer(1, 3))
            .Then(Fired(1)).Decides(Returned("null"));
        var seen = new List<string>();
        async Task<object?> Code(TaskOrchestrationContext context)
        {
            void See(string where) => seen.Add($"{where} {(context.IsReplaying ? "again" : "new")}");
            See("begin");
            await context.CallActivityAsync("Work");
            See("activity");
            await context.WaitForExternalEvent<object>("go");
            See("event");
            await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            See("timer");
            See("end");
            return null;
        }

        var input = new TurnInput(Past.Id, [.. past.Turns.Take(replayed)], past.Turns[replayed].Received);
        var outcome = OrchestrationTurn.Take(input, Code, past.Turns[replayed].At, NullLoggerFactory.Instance)!;
        Assert.Equal(expected, string.Join(", ", seen));
        Assert.Equal(past.Turns[replayed].Decided.Count, outcome.Turn.Decided.Count);
    }
}
