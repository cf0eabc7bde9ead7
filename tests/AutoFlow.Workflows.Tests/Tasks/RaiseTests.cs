using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Tests.Tasks;

public class RaiseTests
{
    [Fact]
    public void An_error_written_in_place_faults_the_workflow()
    {
        var error = TestWorkflow.Error(
            """
            do:
              - stop:
                  raise:
                    error:
                      type: https://example.com/errors/refused
                      status: ${ .code }
                      title: Refused
                      detail: ${ "order \(.order) of \($workflow.definition.document.name)" }
                      instance: /ignored
            """,
            """{"code":409,"order":"A1"}""");

        Assert.Equal(
            new WorkflowError("https://example.com/errors/refused", 409)
            {
                Title = "Refused",
                Detail = "order A1 of example",
                Instance = "/do/0/stop",
            },
            error);
    }

    [Fact]
    public void An_error_may_be_named_under_use()
    {
        var error = TestWorkflow.Error(
            """
            use:
              errors:
                refused: { type: https://example.com/errors/refused, status: 403, detail: "${ .why }" }
            do:
              - stop: { raise: { error: refused } }
            """,
            """{"why":"too late"}""");

        Assert.Equal((403, "too late", "/do/0/stop"), (error.Status, error.Detail, error.Instance));
    }

    [Fact]
    public void A_status_that_is_no_whole_number_is_an_expression_error()
    {
        var error = TestWorkflow.Error("do:\n  - stop:\n      raise: { error: { type: 'urn:x', status: \"${ .code }\" } }\n", """{"code":"x"}""");

        Assert.Equal(StandardErrors.Expression.Type, error.Type);
    }
}
