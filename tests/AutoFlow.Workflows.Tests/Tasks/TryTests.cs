using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class TryTests
{
    private static FakeWorkflowContext Failing(int status = 503, string? title = null) => new FakeWorkflowContext().On(
        "ask", (_, _) => FunctionAnswer.Failure(new WorkflowError(StandardErrors.Communication.Type, status) { Title = title, Detail = "down" }));

    private static string Try(string clause) => $"do:\n  - guarded:\n      try:\n        - a: {{ call: ask }}\n      catch: {clause}\n";

    [Fact]
    public void A_caught_error_is_given_to_the_handler_under_its_name()
    {
        var output = TestWorkflow.Output(Try("{ as: err, do: [ { note: { set: { error: '${ $err }' } } } ] }"), context: Failing(title: "Down"));

        TestWorkflow.IsJson(
            """{"error":{"type":"https://serverlessworkflow.io/spec/1.0.0/errors/communication","status":503,"title":"Down","detail":"down","instance":"/do/0/guarded/try/0/a"}}""",
            output);
    }

    [Fact]
    public void Without_a_handler_the_caught_error_is_dropped_and_the_output_is_the_input()
    {
        TestWorkflow.IsJson("""{"x":1}""", TestWorkflow.Output(Try("{}"), """{"x":1}""", Failing()));
    }

    [Theory]
    [InlineData("errors: { with: { status: 503 } }", true)]
    [InlineData("errors: { with: { status: 404 } }", false)]
    [InlineData("errors: { with: { title: Down } }", true)]
    [InlineData("errors: { with: { title: Up } }", false)]
    [InlineData("errors: { with: { detail: down } }", true)]
    [InlineData("errors: { with: { instance: /do/0/guarded/try/0/a } }", true)]
    [InlineData("errors: { with: { instance: /do/0 } }", false)]
    [InlineData("errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/communication } }", true)]
    [InlineData("errors: { with: { type: https://serverlessworkflow.io/dsl/errors/types/communication } }", true)]
    [InlineData("errors: { with: { type: https://open-workflow-specification.org/spec/1.0.0/errors/communication } }", true)]
    [InlineData("errors: { with: { type: https://open-workflow-specification.org/dsl/errors/types/communication } }", true)]
    [InlineData("errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout } }", false)]
    [InlineData("when: $error.status == 503 and .x == 1", true)]
    [InlineData("when: $error.status == 404", false)]
    [InlineData("exceptWhen: $error.status == 503", false)]
    [InlineData("exceptWhen: .x == 2", true)]
    public void Only_errors_that_pass_every_filter_are_caught(string filter, bool caught)
    {
        var result = TestWorkflow.Run(Try("{ " + filter + " }"), """{"x":1}""", Failing(title: "Down"));

        Assert.Equal(caught, !result.IsFaulted);
    }

    [Fact]
    public void The_clauses_then_is_followed_after_the_handler_instead_of_the_tasks_own()
    {
        const string body =
            """
            do:
              - guarded:
                  try:
                    - a: { call: ask }
                  catch:
                    do:
                      - note: { set: { noted: true } }
                    then: failed
                  then: end
              - failed:
                  set: { failed: "${ .noted }" }
            """;

        TestWorkflow.IsJson("""{"failed":true}""", TestWorkflow.Output(body, context: Failing()));
        TestWorkflow.IsJson("1", TestWorkflow.Output(body, context: new FakeWorkflowContext().On("ask", "1")));
    }

    [Fact]
    public void An_error_in_the_handler_goes_out()
    {
        var error = TestWorkflow.Error(
            Try("{ do: [ { again: { raise: { error: { type: 'urn:own', status: 1 } } } } ] }"), context: Failing());

        Assert.Equal(("urn:own", "/do/0/guarded/catch/do/0/again"), (error.Type, error.Instance));
    }

    [Fact]
    public void A_catch_inside_another_leaves_the_outer_error_as_it_is()
    {
        const string body =
            """
            use:
              retries:
                named: { when: $error.status == 2, limit: { attempt: { count: 1 } } }
            do:
              - outer:
                  try:
                    - first: { raise: { error: { type: 'urn:outer', status: 1 } } }
                  catch:
                    do:
                      - inner:
                          try:
                            - second: { raise: { error: { type: 'urn:inner', status: 2 } } }
                          catch:
                            as: e
                            when: $error.status == 1 and $e.status == 2
                            retry: { when: $error.status == 1 and $e.status == 2, limit: { attempt: { count: 1 } } }
                            do:
                              - third:
                                  try:
                                    - again: { raise: { error: { type: 'urn:inner', status: 2 } } }
                                  catch:
                                    as: f
                                    retry: named
                                    do:
                                      - show: { set: { outer: "${ $error.status }", inner: "${ $e.status }" } }
            """;
        var retried = new List<string>();
        var options = new InterpreterOptions { Observer = o => { if (o.Moment == RunMoment.Retried) retried.Add(o.Task); } };

        var result = TestWorkflow.Run(body, options: options);

        TestWorkflow.IsJson("""{"outer":1,"inner":2}""", result.Output!);
        Assert.Equal(["/do/0/outer/catch/do/0/inner", "/do/0/outer/catch/do/0/inner/catch/do/0/third"], retried);
    }

    [Fact]
    public void Errors_of_expressions_can_be_caught()
    {
        var output = TestWorkflow.Output(
            """
            do:
              - guarded:
                  try:
                    - bad: { set: "${ .text.x }" }
                  catch:
                    do:
                      - note: { set: { status: "${ $error.status }" } }
            """,
            """{"text":"t"}""");

        TestWorkflow.IsJson("""{"status":400}""", output);
    }
}
