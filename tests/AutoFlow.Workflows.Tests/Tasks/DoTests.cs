namespace AutoFlow.Workflows.Tests.Tasks;

public class DoTests
{
    [Fact]
    public void Tasks_run_in_order_each_on_the_output_before()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - outer:
                  do:
                    - one:
                        set: { list: "${ .list + [1] }" }
                    - two:
                        set: { list: "${ .list + [2] }" }
              - three:
                  set: { list: "${ .list + [3] }" }
            """);

        TestWorkflow.IsJson("""{"list":[1,2,3]}""", output);
    }

    [Fact]
    public void Exit_completes_the_inner_list_only()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - outer:
                  do:
                    - one:
                        set: { list: "${ .list + [1] }" }
                        then: exit
                    - never:
                        set: { list: "${ .list + [2] }" }
              - three:
                  set: { list: "${ .list + [3] }" }
            """);

        TestWorkflow.IsJson("""{"list":[1,3]}""", output);
    }

    [Fact]
    public void End_inside_completes_the_whole_workflow()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - outer:
                  do:
                    - one:
                        set: { list: [ 1 ] }
                        then: end
                  output:
                    as: .list
              - never:
                  set: { list: [ 2 ] }
            """);

        TestWorkflow.IsJson("[1]", output);
    }
}
