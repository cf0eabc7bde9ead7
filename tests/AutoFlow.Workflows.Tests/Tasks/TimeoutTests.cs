using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class TimeoutTests
{
    private static FakeWorkflowContext Slow(int seconds) => new FakeWorkflowContext().On(
        "ask", (_, _) => FunctionAnswer.Of("1") with { Takes = TimeSpan.FromSeconds(seconds) });

    [Fact]
    public void A_task_that_takes_too_long_fails_with_the_standard_error()
    {
        var error = TestWorkflow.Error("do:\n  - slow: { call: ask, timeout: { after: PT10S } }\n", context: Slow(60));

        Assert.Equal((StandardErrors.Timeout.Type, 408, "/do/0/slow"), (error.Type, error.Status, error.Instance));
    }

    [Fact]
    public void A_task_in_time_gives_its_output_and_leaves_no_timer()
    {
        var context = Slow(5);
        var start = context.Now;

        TestWorkflow.IsJson("1", TestWorkflow.Output("do:\n  - fast: { call: ask, timeout: { after: PT10S } }\n", context: context));
        Assert.Equal(TimeSpan.FromSeconds(5), context.Now - start);
    }

    [Fact]
    public void Nothing_of_a_block_happens_after_its_time_is_up()
    {
        var context = Slow(60).On("step", "2");
        const string body =
            """
            use:
              timeouts:
                short: { after: "${ .limit }" }
            do:
              - guarded:
                  try:
                    - block:
                        timeout: short
                        do:
                          - slow:
                              call: ask
                              export: { as: '"exported late"' }
                          - never: { call: step }
                  catch:
                    do:
                      - wait: { wait: PT5M }
                      - show: { set: { context: "${ $context }" } }
            """;

        TestWorkflow.IsJson("""{"context":{"limit":"PT10S"}}""", TestWorkflow.Output(body, """{"limit":"PT10S"}""", context));
        Assert.Equal(["ask"], context.Calls.Select(static c => c.Name));
    }

    [Fact]
    public void The_workflows_own_limit_faults_it()
    {
        var error = TestWorkflow.Error("timeout: { after: PT1H }\ndo:\n  - long: { wait: P1D }\n");

        Assert.Equal((StandardErrors.Timeout.Type, "/"), (error.Type, error.Instance));
    }
}
