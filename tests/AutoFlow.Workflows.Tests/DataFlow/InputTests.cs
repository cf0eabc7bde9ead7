namespace AutoFlow.Workflows.Tests.DataFlow;

public class InputTests
{
    [Fact]
    public void The_workflows_input_is_transformed_before_the_first_task() =>
        TestWorkflow.IsJson(
            """{"got":{"id":7},"raw":{"user":{"id":7}}}""",
            TestWorkflow.Output(
                "input: { from: .user }\ndo:\n  - a: { set: { got: \"${ . }\", raw: \"${ $workflow.input }\" } }\n", """{"user":{"id":7}}"""));

    [Fact]
    public void A_tasks_input_is_transformed_for_that_task_only()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - a:
                  input: { from: .user }
                  set: { here: "${ . }", input: "${ $input }", raw: "${ $task.input }" }
            """,
            """{"user":"Ann"}""");

        TestWorkflow.IsJson("""{"here":"Ann","input":"Ann","raw":{"user":"Ann"}}""", output);
    }

    [Fact]
    public void A_transformation_may_be_a_map() =>
        TestWorkflow.IsJson(
            """{"name":"Ann","fixed":1}""",
            TestWorkflow.Output("input: { from: { name: \"${ .user }\", fixed: 1 } }\ndo:\n  - a: { set: \"${ . }\" }\n", """{"user":"Ann"}"""));
}
