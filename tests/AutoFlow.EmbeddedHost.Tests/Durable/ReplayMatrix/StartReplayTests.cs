using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>The first turn: what there is to do before the beginning, without code, and with what came early.</summary>
public sealed class StartReplayTests
{
    private static readonly ExecutionStarted Begin = new(Past.Flow, null, null, 0, null);

    [Fact]
    public void Before_the_beginning_there_is_nothing_to_do() => Assert.Null(Take([Raised("early"), Suspended()], Code));

    [Fact]
    public void Without_code_there_is_nothing_to_do() => Assert.Null(Take([Begin], null));

    [Fact]
    public void What_came_early_is_kept_for_the_code()
    {
        var outcome = Take([Raised("n", "1"), Begin, Raised("n", "2")], Code)!;
        Assert.Equal(OrchestrationRuntimeStatus.Completed, outcome.Status);
        Assert.Equal([Returned("[1,2]")], outcome.Turn.Decided);
    }

    [Fact]
    public void A_suspension_that_came_early_holds_the_beginning()
    {
        var outcome = Take([Suspended(), Begin, Raised("n", "1")], Code)!;
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, outcome.Status);
        Assert.Empty(outcome.Turn.Decided);
        var resumed = OrchestrationTurn.Take(
            new TurnInput(Past.Id, [outcome.Turn], [Raised("n", "2"), Resumed()]), Code, Past.Begin.AddHours(1), NullLoggerFactory.Instance)!;
        Assert.Equal([Returned("[1,2]")], resumed.Turn.Decided);
    }

    [Fact]
    public void The_time_of_a_turn_is_never_before_that_of_the_last()
    {
        var first = Take([Begin], Code)!;
        var second = OrchestrationTurn.Take(new TurnInput(Past.Id, [first.Turn], [Raised("n", "1")]), Code, Past.Begin.AddDays(-1), NullLoggerFactory.Instance)!;
        Assert.Equal((first.Turn.At, 1), (second.Turn.At, second.Turn.Number));
    }

    private static async Task<object?> Code(TaskOrchestrationContext context)
        => new[] { await context.WaitForExternalEvent<int>("n"), await context.WaitForExternalEvent<int>("n") };

    private static TurnOutcome? Take(IReadOnlyList<HistoryEvent> arrived, Func<TaskOrchestrationContext, Task<object?>>? code)
        => OrchestrationTurn.Take(new TurnInput(Past.Id, [], arrived), code, Past.Begin, NullLoggerFactory.Instance);
}
