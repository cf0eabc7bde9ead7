using AutoFlow.Workflows.Execution;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ForTests
{
    [Fact]
    public void Each_iteration_works_on_the_output_of_the_one_before()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - loop:
                  for: { each: color, in: .colors, at: i }
                  do:
                    - mark: { set: { seen: "${ .seen + [\"\\($i)\\($color)\"] }" } }
            """,
            """{"colors":["red","green"]}""");

        TestWorkflow.IsJson("""{"seen":["0red","1green"]}""", output);
    }

    [Fact]
    public void The_collection_may_be_written_in_place()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - loop:
                  for:
                    in:
                      - { name: red }
                      - { name: "${ .last }" }
                  do:
                    - mark: { set: "${ {last, names: (.names + [$item.name])} }" }
            """,
            """{"last":"blue"}""");

        TestWorkflow.IsJson("""{"last":"blue","names":["red","blue"]}""", output);
    }

    [Fact]
    public void While_is_asked_before_each_iteration()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - loop:
                  for: { in: "[5, 6, 7]" }
                  while: $index < 2 and $item < 7
                  do:
                    - mark: { set: { sum: "${ .sum + $item }" } }
            """);

        TestWorkflow.IsJson("""{"sum":11}""", output);
    }

    [Fact]
    public void Without_items_the_output_is_the_input()
    {
        TestWorkflow.IsJson(
            """{"none":[]}""",
            TestWorkflow.Output("do:\n  - loop:\n      for: { in: .none }\n      do: [ { a: { set: { b: 1 } } } ]\n", """{"none":[]}"""));
    }

    [Fact]
    public void A_collection_that_is_no_array_is_an_error_at_the_loop()
    {
        var error = TestWorkflow.Error("do:\n  - loop:\n      for: { in: .none }\n      do: [ { a: { set: { b: 1 } } } ]\n");

        Assert.Equal((StandardErrors.Expression.Type, "/do/0/loop"), (error.Type, error.Instance));
        Assert.Contains("null, not an array", error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Exit_completes_one_iteration_and_end_all()
    {
        const string body =
            """
            do:
              - loop:
                  for: { in: "[1, 2, 3]" }
                  do:
                    - first: { set: { n: "${ .n + $item }" }, then: DIRECTIVE }
                    - second: { set: { n: 100 } }
              - last: { set: { n: "${ .n * 10 }" } }
            """;

        TestWorkflow.IsJson("""{"n":60}""", TestWorkflow.Output(body.Replace("DIRECTIVE", "exit", StringComparison.Ordinal)));
        TestWorkflow.IsJson("""{"n":1}""", TestWorkflow.Output(body.Replace("DIRECTIVE", "end", StringComparison.Ordinal)));
    }
}
