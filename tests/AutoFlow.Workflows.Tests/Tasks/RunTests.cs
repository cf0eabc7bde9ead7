using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class RunTests
{
    private const string Body =
        """
        do:
          - child:
              run:
                workflow: { namespace: test, name: other, version: '1.2.0', input: { order: "${ .order }" } }
                await: AWAIT
        """;

    [Fact]
    public void An_awaited_child_gives_its_output()
    {
        var context = new FakeWorkflowContext().OnWorkflow("other", static _ => FunctionAnswer.Of("""{"done":true}"""));

        var output = TestWorkflow.Output(Body.Replace("AWAIT", "true", StringComparison.Ordinal), """{"order":"A1"}""", context);

        TestWorkflow.IsJson("""{"done":true}""", output);
        Assert.Equal(
            new ChildWorkflow("test", "other", "1.2.0", JqValue.Parse("""{"order":"A1"}"""), true, "/do/0/child"),
            Assert.Single(context.Children));
    }

    [Fact]
    public void A_child_that_is_not_awaited_leaves_the_input_as_output()
    {
        var context = new FakeWorkflowContext().OnWorkflow("other", static _ => FunctionAnswer.Of("1"));

        var output = TestWorkflow.Output(Body.Replace("AWAIT", "false", StringComparison.Ordinal), """{"order":"A1"}""", context);

        TestWorkflow.IsJson("""{"order":"A1"}""", output);
        Assert.False(Assert.Single(context.Children).Await);
    }
}
