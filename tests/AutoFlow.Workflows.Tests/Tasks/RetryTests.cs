using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class RetryTests
{
    private static FakeWorkflowContext FailingTimes(int times, int status = 503) => new FakeWorkflowContext().On(
        "ask",
        (_, attempt) => attempt < times
            ? FunctionAnswer.Failure(new WorkflowError(StandardErrors.Communication.Type, status))
            : FunctionAnswer.Of("\"done\""));

    private static string Retry(string policy, string rest = "") =>
        $"do:\n  - guarded:\n      try:\n        - a: {{ call: ask }}\n      catch: {{ retry: {policy}{rest} }}\n";

    private static double Seconds(string policy, int failures)
    {
        var context = FailingTimes(failures);
        var start = context.Now;
        Assert.Equal("done", TestWorkflow.Output(Retry(policy), context: context).AsString());
        Assert.Single(context.Calls.Select(static c => c.Key).Distinct());
        return (context.Now - start).TotalSeconds;
    }

    [Theory]
    [InlineData("{ delay: PT3S, limit: { attempt: { count: 5 } } }", 9)]
    [InlineData("{ delay: PT3S, backoff: { constant: {} }, limit: { attempt: { count: 5 } } }", 9)]
    [InlineData("{ delay: PT3S, backoff: { linear: {} }, limit: { attempt: { count: 5 } } }", 3 + 6 + 9)]
    [InlineData("{ delay: PT3S, backoff: { exponential: {} }, limit: { attempt: { count: 5 } } }", 3 + 6 + 12)]
    [InlineData("{ limit: { attempt: { count: 3 } } }", 0)]
    public void Three_failures_are_retried_with_the_policys_delays(string policy, double seconds) => Assert.Equal(seconds, Seconds(policy, 3));

    [Fact]
    public void Jitter_lies_between_its_bounds_and_is_the_same_on_replay()
    {
        const string policy = "{ delay: PT3S, jitter: { from: PT1S, to: PT2S }, limit: { attempt: { count: 5 } } }";

        var seconds = Seconds(policy, 1);

        Assert.InRange(seconds, 4, 5);
        Assert.Equal(seconds, Seconds(policy, 1));
    }

    [Theory]
    [InlineData("{ limit: { attempt: { count: 2 } } }", 3)]
    [InlineData("{ delay: PT10S, limit: { duration: PT25S } }", 3)]
    [InlineData("{ when: $error.status == 429, limit: { attempt: { count: 9 } } }", 1)]
    [InlineData("{ exceptWhen: $error.status == 503, limit: { attempt: { count: 9 } } }", 1)]
    public void A_spent_policy_passes_the_error_on(string policy, int attempts)
    {
        var context = FailingTimes(100);

        Assert.Equal(503, TestWorkflow.Error(Retry(policy), context: context).Status);
        Assert.Equal(attempts, context.Calls.Count);
    }

    [Fact]
    public void A_spent_policy_hands_over_to_the_handler_where_there_is_one()
    {
        var output = TestWorkflow.Output(
            Retry("{ limit: { attempt: { count: 1 } } }", ", do: [ { note: { set: { gaveUp: true } } } ]"), context: FailingTimes(100));

        TestWorkflow.IsJson("""{"gaveUp":true}""", output);
    }

    [Fact]
    public void A_policy_may_be_named_under_use()
    {
        var context = FailingTimes(1);

        TestWorkflow.Output(
            "use:\n  retries:\n    patient: { delay: PT1M, when: $error.status == 503, limit: { attempt: { count: 2 } } }\n" + Retry("patient", ", as: e"),
            context: context);

        Assert.Equal(2, context.Calls.Count);
    }

    [Fact]
    public void An_attempt_that_takes_too_long_is_a_failed_attempt()
    {
        var context = new FakeWorkflowContext().On(
            "ask", (_, attempt) => FunctionAnswer.Of("\"done\"") with { Takes = TimeSpan.FromSeconds(attempt == 0 ? 60 : 1) });
        var start = context.Now;

        TestWorkflow.Output(Retry("{ limit: { attempt: { count: 1, duration: PT10S } } }"), context: context);

        Assert.Equal(TimeSpan.FromSeconds(11), context.Now - start);
    }

    [Fact]
    public void No_delay_stays_none_however_often_it_is_doubled() =>
        Assert.Equal(TimeSpan.Zero, RetrySchedule.Delay(TimeSpan.Zero, Backoff.Exponential, 5_000));

    [Fact]
    public void A_doubling_delay_does_not_overflow() =>
        Assert.Equal(TimeSpan.FromDays(365), RetrySchedule.Delay(TimeSpan.FromSeconds(1), Backoff.Exponential, 5_000));
}
