using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>A termination ends an instance without its code: whatever the code would do, and whatever came with it.</summary>
public sealed class TerminateReplayTests
{
    private static readonly ExecutionTerminated End = new("\"stopped\"", true);

    public static TheoryData<string, bool> Arrivals() => new()
    {
        { "alone", true }, { "after a result", true }, { "before a result", true }, { "with a suspension", true }, { "alone", false }, { "after a result", false },
    };

    [Theory]
    [MemberData(nameof(Arrivals))]
    public void It_is_the_whole_turn(string arrival, bool hasCode)
    {
        IReadOnlyList<HistoryEvent> arrived = arrival switch
        {
            "alone" => [End],
            "after a result" => [Done(0), End],
            "before a result" => [End, Done(0)],
            _ => [Suspended(), End],
        };
        var past = Past.Started().Decides(Activity(0, "Work"));
        var outcome = Take(past, arrived, hasCode ? _ => throw new InvalidOperationException("The code must not run.") : null);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, outcome.Status);
        Assert.Equal([End], outcome.Turn.Received);
        Assert.Empty(outcome.Turn.Decided);
        Assert.Equal(1, outcome.Turn.Number);
    }

    [Fact]
    public void It_ends_what_has_not_begun()
    {
        var outcome = Take(new Past(), [Raised("early"), End], null);
        Assert.Equal((OrchestrationRuntimeStatus.Terminated, 0), (outcome.Status, outcome.Turn.Number));
    }

    private static TurnOutcome Take(Past past, IReadOnlyList<HistoryEvent> arrived, Func<TaskOrchestrationContext, Task<object?>>? code)
        => OrchestrationTurn.Take(new TurnInput(Past.Id, past.Turns, arrived), code, Past.Begin.AddDays(1), NullLoggerFactory.Instance)!;
}
