namespace AutoFlow.Workflows.Tests.Tasks;

public class SwitchTests
{
    private const string Body =
        """
        do:
          - decide:
              switch:
                - other:
                    then: fallback
                - red:
                    when: .color == "red"
                    then: red
                - also:
                    when: ${ .color == "red" or .color == "green" }
                    then: green
          - red:
              set: { took: red }
              then: end
          - green:
              set: { took: green }
              then: end
          - fallback:
              set: { took: fallback }
        """;

    [Theory]
    [InlineData("red", "red")]
    [InlineData("green", "green")]
    [InlineData("blue", "fallback")]
    public void The_first_case_that_holds_is_taken_and_the_one_without_condition_last(string color, string took)
    {
        Assert.Equal(took, TestWorkflow.Output(Body, $$"""{"color":"{{color}}"}""")["took"].AsString());
    }

    [Fact]
    public void Without_a_case_that_holds_the_tasks_own_then_is_followed_on_the_input()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - decide:
                  switch:
                    - red: { when: .color == "red", then: continue }
                  then: end
              - next:
                  set: { reached: true }
            """,
            """{"color":"blue"}""");

        TestWorkflow.IsJson("""{"color":"blue"}""", output);
    }
}
