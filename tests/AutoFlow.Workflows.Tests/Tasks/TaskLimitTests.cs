using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Tests.Tasks;

public class TaskLimitTests
{
    [Fact]
    public void An_endless_loop_ends_in_a_clear_error()
    {
        var error = TestWorkflow.Error(
            "do:\n  - a: { set: { n: 1 } }\n  - b: { set: { n: 2 }, then: a }\n", options: new InterpreterOptions { MaxTaskExecutions = 100 });

        Assert.Equal(StandardErrors.Runtime.Type, error.Type);
        Assert.Contains("100 tasks", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expression_that_never_ends_becomes_an_expression_error()
    {
        var error = TestWorkflow.Error("do:\n  - a: { set: { n: '${ [repeat(1)] }' } }\n");

        Assert.Equal((StandardErrors.Expression.Type, "/do/0/a"), (error.Type, error.Instance));
    }
}
