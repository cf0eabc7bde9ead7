using AutoFlow.Workflows.Diagnostics;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ExtensionTests
{
    private static FakeWorkflowContext Context() => new FakeWorkflowContext()
        .On("ask", static (call, _) => FunctionAnswer.Of("\"answer\""))
        .On("step", static (call, _) => FunctionAnswer.Of(call.Arguments));

    private static IEnumerable<string> Steps(FakeWorkflowContext context) =>
        context.Calls.Where(static c => c.Name == "step").Select(static c => c.Arguments["say"].AsString() ?? c.Arguments.ToJson());

    [Fact]
    public void Tasks_run_before_and_after_each_task_of_the_kind_and_see_it_as_their_task()
    {
        const string body =
            """
            use:
              extensions:
                - log:
                    extend: call
                    before:
                      - l: { call: step, with: { say: "${ \"before \\($task.name) \\($task.reference) \\(.)\" }" } }
                    after:
                      - l: { call: step, with: { say: "${ \"after \\($task.definition.call) \\($task.output) \\(.)\" }" } }
            do:
              - first: { set: { n: 1 } }
              - second: { call: ask, output: { as: "{ got: . }" } }
            """;
        var context = Context();

        TestWorkflow.IsJson("""{"got":"answer"}""", TestWorkflow.Output(body, context: context));

        Assert.Equal(["before second /do/1/second {\"n\":1}", "after ask answer {\"got\":\"answer\"}"], Steps(context));
        Assert.Equal(
            ["/do/1/second/extensions/0/log/before/0/l", "/do/1/second", "/do/1/second/extensions/0/log/after/0/l"], context.Calls.Select(static c => c.Key));
    }

    [Fact]
    public void Extensions_apply_in_their_order_and_not_to_each_others_tasks()
    {
        static string Extension(string name, string extend) =>
            $"    - {name}: {{ extend: {extend}, before: [ {{ b: {{ call: step, with: {{ say: {name} before }} }} }} ], after: [ {{ a: {{ call: step, with: {{ say: {name} after }} }} }} ] }}\n";
        var context = Context();

        TestWorkflow.Output("use:\n  extensions:\n" + Extension("x", "all") + Extension("y", "set") + Extension("z", "call") + "do:\n  - a: { set: { n: 1 } }\n", context: context);

        Assert.Equal(["x before", "y before", "x after", "y after"], Steps(context));
    }

    [Fact]
    public void Composite_means_the_tasks_that_only_hold_others()
    {
        const string body =
            """
            use:
              extensions:
                - c: { extend: composite, before: [ { b: { call: step, with: { say: "${ $task.name }" } } } ] }
            do:
              - outer:
                  do:
                    - both: { fork: { branches: [ { one: { set: { n: 1 } } } ] } }
                    - loop: { for: { in: "[1]" }, do: [ { inner: { do: [ { s: { set: { n: 2 } } } ] } } ] }
            """;
        var context = Context();

        TestWorkflow.Output(body, context: context);

        Assert.Equal(["outer", "both", "inner"], Steps(context));
    }

    [Fact]
    public void A_condition_is_asked_on_the_tasks_input_and_properties_and_one_that_fails_does_not_hold()
    {
        const string body =
            """
            use:
              extensions:
                - big: { extend: call, when: .n > 1, before: [ { b: { call: step, with: { say: big } } } ] }
                - mine: { extend: call, when: $task.with.to == "me" and $task.definition.with.to == "me", before: [ { b: { call: step, with: { say: mine } } } ] }
                - bad: { extend: call, when: $task.with | startswith("x"), before: [ { b: { call: step, with: { say: bad } } } ] }
            do:
              - a: { call: ask, with: { to: me }, output: { as: "{ n: 2 }" } }
              - b: { call: ask }
            """;
        var context = Context();

        TestWorkflow.Output(body, """{"n":1}""", context);

        Assert.Equal(["mine", "big"], Steps(context));
    }

    [Fact]
    public void Exit_before_bypasses_the_task_and_gives_its_raw_output()
    {
        const string body =
            """
            use:
              extensions:
                - first: { extend: call, before: [ { l: { set: { other: 1 } } } ], after: [ { a: { call: step, with: { say: never } } } ] }
                - mock:
                    extend: call
                    when: $task.name == "real"
                    before:
                      - answer: { set: { content: { n: 5 } }, then: exit }
                      - never: { call: step, with: { say: never } }
                - last: { extend: call, before: [ { l: { call: step, with: { say: never } } } ] }
            do:
              - real: { call: ask, output: { as: .content }, export: { as: . } }
              - see: { set: { got: "${ . }", context: "${ $context }" } }
            """;
        var context = Context();

        TestWorkflow.IsJson("""{"got":{"n":5},"context":{"n":5}}""", TestWorkflow.Output(body, context: context));

        Assert.Empty(context.Calls);
    }

    [Theory]
    [InlineData("before", "{\"stopped\":\"before\"}")]
    [InlineData("after", "{\"stopped\":\"after\"}")]
    public void End_ends_the_workflow(string place, string expected)
    {
        var body = $"use:\n  extensions:\n    - stop: {{ extend: call, {place}: [ {{ s: {{ set: {{ stopped: {place} }}, then: end }} }} ] }}\ndo:\n  - a: {{ call: ask }}\n  - b: {{ set: {{ n: 1 }} }}\n";

        TestWorkflow.IsJson(expected, TestWorkflow.Output(body, context: Context()));
    }

    [Fact]
    public void A_task_that_is_passed_over_is_not_extended_and_one_that_fails_has_no_after()
    {
        const string body =
            """
            use:
              extensions:
                - log: { extend: all, before: [ { b: { call: step, with: { say: "${ \"+\" + $task.name }" } } } ], after: [ { a: { call: step, with: { say: "${ \"-\" + $task.name }" } } } ] }
            do:
              - skipped: { if: false, set: { n: 1 } }
              - guarded:
                  try: [ { bad: { raise: { error: { type: 'urn:bad', status: 400 } } } } ]
                  catch: {}
            """;
        var context = Context();

        TestWorkflow.Output(body, context: context);

        Assert.Equal(["+guarded", "+bad", "-guarded"], Steps(context));
    }

    [Fact]
    public void An_error_in_an_extension_is_an_error_of_the_task()
    {
        const string body =
            """
            use:
              extensions:
                - check: { extend: call, before: [ { deny: { raise: { error: { type: 'urn:denied', status: 403 } } } } ] }
            do:
              - t: { try: [ { a: { call: ask } } ], catch: { errors: { with: { status: 403 } }, do: [ { s: { set: "${ $error }" } } ] } }
            """;

        TestWorkflow.IsJson(
            """{"type":"urn:denied","status":403,"instance":"/use/extensions/0/check/before/0/deny"}""", TestWorkflow.Output(body, context: Context()));
    }

    [Fact]
    public void Functions_that_an_extension_calls_are_not_extended_and_those_of_the_workflow_are()
    {
        const string body =
            """
            use:
              functions:
                tell: { call: step, with: { say: "${ .what }" } }
              extensions:
                - log: { extend: call, before: [ { b: { call: tell, with: { what: "${ $task.reference }" } } } ] }
            do:
              - a: { call: tell, with: { what: hello } }
            """;
        var context = Context();

        TestWorkflow.Output(body, context: context);

        Assert.Equal(["/do/0/a", "/use/functions/tell", "hello"], Steps(context));
    }

    [Theory]
    [InlineData("{ extend: cal }", "9:20", "'extend' cannot be 'cal'", "did you mean 'call'?")]
    [InlineData("{ when: .x, before: [ { s: { set: { n: 1 } } } ] }", "9:10", "the extension 'e' needs 'extend'", null)]
    [InlineData("{ extend: call, befor: [] }", "9:26", "unknown property 'befor' in the extension 'e'", "did you mean 'before'?")]
    [InlineData("{ extend: call, before: [] }", "9:34", "'before' needs at least one task", null)]
    [InlineData("{ extend: call, when: '. ==', before: [ { s: { set: { n: 1 } } } ] }", "9:37", null, null)]
    public void A_wrong_extension_is_refused(string extension, string place, string? message, string? hint)
    {
        var error = TestWorkflow.OnlyError("do:\n  - a: { set: { x: 1 } }\nuse: { extensions: [\n      e: " + extension + " ] }\n");

        Assert.Equal((place, message ?? error.Message, message is null ? error.Hint : hint), (error.Position.ToString(), error.Message, error.Hint));
    }

    [Fact]
    public void An_extension_without_tasks_is_warned_of()
    {
        var result = TestWorkflow.Read("use: { extensions: [ { e: { extend: all } } ] }\ndo:\n  - a: { set: { x: 1 } }\n");

        Assert.True(result.IsValid);
        Assert.Equal((DiagnosticSeverity.Warning, "the extension 'e' does nothing"), result.Diagnostics.Select(static d => (d.Severity, d.Message)).Single());
    }
}
