namespace AutoFlow.Workflows.Tests.DataFlow;

public class OutputTests
{
    [Fact]
    public void A_tasks_output_is_transformed_with_the_input_at_hand() =>
        TestWorkflow.IsJson(
            """{"ids":[1,2]}""",
            TestWorkflow.Output(
                "do:\n  - a: { set: { id: 2 }, output: { as: '{ ids: [ $input.id, .id ] }' } }\n",
                """{"id":1}"""));

    [Fact]
    public void The_workflows_output_is_transformed_at_the_end() =>
        TestWorkflow.IsJson("3", TestWorkflow.Output("do:\n  - a: { set: { n: 3 } }\noutput: { as: .n }\n"));
}
