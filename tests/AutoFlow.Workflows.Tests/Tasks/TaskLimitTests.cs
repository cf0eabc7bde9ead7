using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

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

    [Theory]
    [InlineData("{ retry: { when: $error.status == 503 or $error.status == 500 } }")]
    [InlineData("{ retry: { limit: { duration: PT1H } } }")]
    [InlineData("{ retry: { limit: { attempt: { duration: '${ 1 }' } } } }")]
    [InlineData("{ do: [ { note: { set: { caught: true } } } ], then: guarded }")]
    public void A_try_that_always_fails_cannot_catch_the_error_of_the_limit(string clause)
    {
        var context = new FakeWorkflowContext().On(
            "ask", static (_, _) => FunctionAnswer.Failure(new WorkflowError(StandardErrors.Communication.Type, 503)));

        var error = TestWorkflow.Error(
            "do:\n  - guarded:\n      try: [ { a: { call: ask } } ]\n      catch: " + clause + "\n",
            context: context,
            options: new InterpreterOptions { MaxTaskExecutions = 100 });

        Assert.Equal(StandardErrors.Runtime.Type, error.Type);
        Assert.Contains("100 tasks", error.Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ delay: PT1S }", true)]
    [InlineData("{ when: $error.status == 503 }", true)]
    [InlineData("{ exceptWhen: $error.status == 503, limit: { attempt: { duration: PT1S } } }", true)]
    [InlineData("{ when: $error.status == 503, limit: { attempt: { count: 5 } } }", false)]
    [InlineData("{ delay: PT1S, limit: { duration: PT1H } }", false)]
    public void A_retry_with_neither_a_count_nor_a_duration_is_warned_of(string retry, bool warned)
    {
        var result = TestWorkflow.Read("do:\n  - guarded:\n      try: [ { a: { call: ask } } ]\n      catch: { retry: " + retry + " }\n");

        Assert.True(result.IsValid);
        Assert.Equal(warned ? ["this retry has no limit"] : [], result.Diagnostics.Select(static d => d.Message));
    }

    [Fact]
    public void An_expression_that_never_ends_becomes_an_expression_error()
    {
        var error = TestWorkflow.Error("do:\n  - a: { set: { n: '${ [repeat(1)] }' } }\n");

        Assert.Equal((StandardErrors.Expression.Type, "/do/0/a"), (error.Type, error.Instance));
    }
}
