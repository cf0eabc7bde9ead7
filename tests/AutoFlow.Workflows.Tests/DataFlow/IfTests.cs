namespace AutoFlow.Workflows.Tests.DataFlow;

public class IfTests
{
    [Theory]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void A_task_whose_condition_is_false_is_passed_over_with_its_then(bool go, int expected)
    {
        var output = TestWorkflow.Output(
            """
            do:
              - a:
                  if: .go
                  set: { n: 2 }
                  then: end
              - b:
                  set: { n: 3 }
            """,
            $$"""{"go":{{(go ? "true" : "false")}}}""");

        TestWorkflow.IsJson($$"""{"n":{{expected}}}""", output);
    }

    [Fact]
    public void The_condition_sees_the_input_before_its_transformation() =>
        TestWorkflow.IsJson(
            """{"ran":5}""",
            TestWorkflow.Output("do:\n  - a:\n      if: .x.y == 5\n      input: { from: .x.y }\n      set: { ran: \"${ . }\" }\n", """{"x":{"y":5}}"""));
}
