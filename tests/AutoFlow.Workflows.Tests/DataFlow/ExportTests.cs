namespace AutoFlow.Workflows.Tests.DataFlow;

public class ExportTests
{
    [Fact]
    public void The_context_begins_as_the_transformed_input_and_is_replaced_by_exports()
    {
        var output = TestWorkflow.Output(
            """
            input: { from: .start }
            do:
              - a:
                  set: { n: 1 }
                  output: { as: .n }
                  export: { as: "$context + { a: $output, raw: $task.output.n, same: . }" }
              - b:
                  set: "${ $context }"
            """,
            """{"start":{"s":0}}""");

        TestWorkflow.IsJson("""{"s":0,"a":1,"raw":1,"same":1}""", output);
    }

    [Fact]
    public void An_export_may_be_a_map() =>
        TestWorkflow.IsJson(
            """{"c":{"n":1}}""",
            TestWorkflow.Output("do:\n  - a: { set: { n: 1 }, export: { as: { n: \"${ .n }\" } } }\n  - b: { set: { c: \"${ $context }\" } }\n"));
}
