using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>Code that waits for something that is not durable fails, at once where nothing else is waited for, and at its next turn otherwise.</summary>
public sealed class ForeignAwaitReplayTests
{
    [Fact]
    public void Nothing_durable_is_waited_for()
    {
        var outcome = Take([], async _ =>
        {
            await new TaskCompletionSource().Task;
            return null;
        });
        AssertRefused(outcome);
    }

    [Fact]
    public void Something_durable_is_waited_for_too_and_the_other_has_come()
    {
        var foreign = new TaskCompletionSource();
        async Task<object?> Code(TaskOrchestrationContext context)
        {
            var event_ = context.WaitForExternalEvent<object>("go");
            await foreign.Task;
            return await event_;
        }

        var execution = new OrchestrationExecution(Past.Id, Code, NullLoggerFactory.Instance);
        Assert.Empty(execution.Advance(Past.Begin, [new ExecutionStarted(Past.Flow, null, null, 0, null)]));
        RunElsewhere(foreign.SetResult);
        var failed = Assert.IsType<ExecutionFailed>(Assert.Single(execution.Advance(Past.Begin, [Raised("go")])));
        Assert.Contains("waits for something that is not durable", failed.Failure.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_cancelled_from_elsewhere_cancels_nothing()
    {
        using var stop = new CancellationTokenSource();
        async Task<object?> Code(TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromHours(5), stop.Token);
            return null;
        }

        var execution = new OrchestrationExecution(Past.Id, Code, NullLoggerFactory.Instance);
        Assert.Equal([Timer(0, 5)], execution.Advance(Past.Begin, [new ExecutionStarted(Past.Flow, null, null, 0, null)]));
        RunElsewhere(stop.Cancel);
        Assert.IsType<ExecutionFailed>(Assert.Single(execution.Advance(Past.Begin, [Raised("anything")])));
    }

    [Fact]
    public void Something_durable_that_is_awaited_first_keeps_the_rest_for_later()
    {
        // The foreign wait comes only in the second turn, and fails it.
        var past = Past.Started().Decides(Activity(0, "Work"));
        var outcome = OrchestrationTurn.Take(
            new TurnInput(Past.Id, past.Turns, [Done(0)]),
            async context =>
            {
                await context.CallActivityAsync("Work");
                await new TaskCompletionSource().Task;
                return null;
            },
            Past.Begin,
            NullLoggerFactory.Instance)!;
        AssertRefused(outcome);
    }

    private static TurnOutcome Take(IReadOnlyList<TurnRecord> history, Func<TaskOrchestrationContext, Task<object?>> code)
        => OrchestrationTurn.Take(
            new TurnInput(Past.Id, history, [new ExecutionStarted(Past.Flow, null, null, 0, null)]), code, Past.Begin, NullLoggerFactory.Instance)!;

    private static void AssertRefused(TurnOutcome outcome)
    {
        Assert.Equal(OrchestrationRuntimeStatus.Failed, outcome.Status);
        var failed = Assert.IsType<ExecutionFailed>(Assert.Single(outcome.Turn.Decided));
        Assert.Equal(typeof(InvalidOperationException).FullName, failed.Failure.ErrorType);
        Assert.Contains("'Flow' (instance 'flow-1') waits for something that is not durable", failed.Failure.ErrorMessage, StringComparison.Ordinal);
    }

    private static void RunElsewhere(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
