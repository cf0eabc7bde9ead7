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

    [Theory]
    [InlineData("namespace: 'a b', name: c, version: 1.0.0", "'a b' cannot be a namespace", "1 to 63 letters, digits and hyphens, no hyphen at either end")]
    [InlineData("namespace: a, name: '${ .x }', version: 1.0.0", "'${ .x }' cannot be a name", "1 to 63 letters, digits and hyphens, no hyphen at either end")]
    [InlineData("namespace: a, name: c, version: newest", "'newest' is no semantic version", "write it as 1.0.0, or latest")]
    [InlineData("namespace: a, name: c", "run.workflow needs 'version'", null)]
    [InlineData("namespace: a, nmae: c, name: c, version: latest", "unknown property 'nmae' in run.workflow", "did you mean 'name'?")]
    public void A_child_that_cannot_be_is_refused(string workflow, string message, string? hint)
    {
        var error = TestWorkflow.OnlyError($"do:\n  - a: {{ run: {{ workflow: {{ {workflow} }} }} }}\n");

        Assert.Equal((message, hint), (error.Message, error.Hint));
    }

    [Fact]
    public void A_run_without_a_workflow_is_refused() => Assert.Equal(
        "'run' needs 'workflow'", TestWorkflow.OnlyError("do:\n  - a: { run: { await: false } }\n").Message);

    [Fact]
    public void The_newest_version_may_be_asked_for()
    {
        var context = new FakeWorkflowContext().OnWorkflow("other", static _ => FunctionAnswer.Of("1"));

        TestWorkflow.Output("do:\n  - a: { run: { workflow: { namespace: test, name: other, version: latest } } }\n", context: context);

        Assert.Equal("latest", Assert.Single(context.Children).Version);
    }
}
