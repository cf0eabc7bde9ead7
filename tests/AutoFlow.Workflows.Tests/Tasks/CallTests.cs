using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class CallTests
{
    [Fact]
    public void A_function_is_given_its_arguments_and_its_answer_is_the_output()
    {
        var context = new FakeWorkflowContext().On("lookUpShipment", """{"status":"InTransit"}""");

        var output = TestWorkflow.Output(
            "do:\n  - look:\n      call: lookUpShipment\n      with: { trackingNumber: \"${ .number }\" }\n",
            """{"number":"LX1"}""",
            context);

        TestWorkflow.IsJson("""{"status":"InTransit"}""", output);
        var call = Assert.Single(context.Calls);
        Assert.Equal(new FunctionCall("lookUpShipment", JqValue.Parse("""{"trackingNumber":"LX1"}"""), "/do/0/look"), call);
    }

    [Fact]
    public void Each_occurrence_of_a_call_has_a_key_of_its_own()
    {
        var context = new FakeWorkflowContext().On("step", (call, _) => FunctionAnswer.Of(call.Arguments["n"]));

        TestWorkflow.Output(
            """
            do:
              - each:
                  for: { in: "[1, 2]" }
                  do:
                    - go: { call: step, with: { n: "${ $item }" } }
              - again:
                  call: step
                  with: { n: "${ . + 1 }" }
              - loop:
                  switch:
                    - more: { when: . < 4, then: again }
            """,
            context: context);

        Assert.Equal(
            ["/do/0/each[0]/do/0/go", "/do/0/each[1]/do/0/go", "/do/1/again", "/do/1/again#1"],
            context.Calls.Select(static c => c.Key));
    }

    [Fact]
    public void A_failure_names_the_task_that_failed()
    {
        var context = new FakeWorkflowContext().On(
            "ask", static (_, _) => FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Communication, "no answer") with { Status = 503 }));

        var error = TestWorkflow.Error("do:\n  - a:\n      call: ask\n", context: context);

        Assert.Equal((503, "/do/0/a", "no answer"), (error.Status, error.Instance, error.Detail));
    }

    [Fact]
    public void An_inline_function_takes_its_arguments_as_input_and_sees_no_variable_of_its_caller()
    {
        var context = new FakeWorkflowContext().On("step", (call, _) => FunctionAnswer.Of(call.Arguments));

        var output = TestWorkflow.Output(
            """
            use:
              functions:
                greet:
                  do:
                    - say:
                        call: step
                        with: { text: "${ \"Hello \\(.name)\" }" }
            do:
              - twice:
                  for: { each: who, in: "[\"Ann\", \"Bo\"]" }
                  do:
                    - greeting: { call: greet, with: { name: "${ $who }" } }
            """,
            context: context);

        Assert.Equal("Hello Bo", output["text"].AsString());
        Assert.Equal(
            ["/do/0/twice[0]/do/0/greeting/greet/do/0/say", "/do/0/twice[1]/do/0/greeting/greet/do/0/say"],
            context.Calls.Select(static c => c.Key));
    }

    [Fact]
    public void An_exception_of_the_infrastructure_leaves_the_interpreter_unchanged()
    {
        var context = new FakeWorkflowContext().On("ask", static (_, _) => throw new TimeZoneNotFoundException("broken"));
        const string body =
            """
            do:
              - a:
                  try:
                    - b: { call: ask }
                  catch: {}
            """;

        Assert.Throws<TimeZoneNotFoundException>(() => TestWorkflow.Run(body, context: context));
    }
}
