namespace AutoFlow.Workflows.Tests.Tasks;

public class SetTests
{
    [Fact]
    public void The_output_is_the_map_with_its_expressions_replaced()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - shape:
                  set:
                    kind: circle
                    size: ${ .size }
                    list: [ 1, "${ .size.w }", { deep: "${ $input.size.h }" } ]
                    none: null
                    yes: on
            """,
            """{"size":{"w":6,"h":7},"other":1}""");

        TestWorkflow.IsJson("""{"kind":"circle","size":{"w":6,"h":7},"list":[1,6,{"deep":7}],"none":null,"yes":"on"}""", output);
    }

    [Fact]
    public void One_expression_may_stand_for_the_whole()
    {
        TestWorkflow.IsJson("[1,2]", TestWorkflow.Output("do:\n  - a:\n      set: ${ .list }\n", """{"list":[1,2]}"""));
    }

    [Fact]
    public void A_failing_expression_faults_with_the_standard_error_at_the_task()
    {
        var error = TestWorkflow.Error("do:\n  - a:\n      set: { x: \"${ .a.b }\" }\n", """{"a":"text"}""");

        Assert.Equal("https://serverlessworkflow.io/spec/1.0.0/errors/expression", error.Type);
        Assert.Equal((400, "/do/0/a"), (error.Status, error.Instance));
    }

    [Fact]
    public void What_a_customer_writes_is_never_evaluated()
    {
        var output = TestWorkflow.Output("do:\n  - a:\n      set: { said: \"${ .message }\" }\n", """{"message":"${ .secret } .secret \\(1)","secret":1}""");

        Assert.Equal("${ .secret } .secret \\(1)", output["said"].AsString());
    }
}
