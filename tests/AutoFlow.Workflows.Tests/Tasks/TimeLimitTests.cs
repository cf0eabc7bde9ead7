using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class TimeLimitTests
{
    [Fact]
    public async Task Work_whose_timer_fails_does_not_go_on()
    {
        var run = new WorkflowRun(
            TestWorkflow.Parse("do:\n  - a: { set: { n: 1 } }\n"), JqValue.Null, BrokenTimer.Over(new FakeWorkflowContext()), new InterpreterOptions());
        var stopped = CancellationToken.None;

        await Assert.ThrowsAsync<PortFailedException>(() => TimeLimits.RunAsync(
            run,
            run.StartedAt.AddMinutes(1),
            (_, cancellation) =>
            {
                stopped = cancellation;
                return new TaskCompletionSource<int>().Task;
            },
            static () => new InvalidOperationException("the time limit must not be blamed"),
            CancellationToken.None));

        Assert.True(stopped.IsCancellationRequested);
    }
}
