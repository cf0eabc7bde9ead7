using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ListenForeachTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static FakeWorkflowContext Context(params (string Type, string Id, string Data)[] events)
    {
        var context = new FakeWorkflowContext().On("step", static (call, _) => FunctionAnswer.Of(call.Arguments) with { Takes = TimeSpan.FromMinutes(5) });
        foreach (var (index, (type, id, data)) in events.Index()) context.Raise((index + 1) * Minute, TestWorkflow.Event(type, id, data));
        return context;
    }

    private static string Listen(string to, string each) =>
        $"do:\n  - hear:\n      listen:\n        to: {to}\n      foreach: {each}\n";

    private const string UntilStop = "{ any: [ { with: { type: a } } ], until: { one: { with: { type: stop } } } }";

    [Fact]
    public void The_tasks_run_for_each_event_on_the_listens_input_one_after_another()
    {
        var context = Context(("a", "1", "\"x\""), ("a", "2", "\"y\""));
        var start = context.Now;

        var output = TestWorkflow.Output(
            Listen(
                "{ any: [ { with: { type: a } } ], until: length == 2 }",
                "{ item: word, at: i, do: [ { tell: { call: step, with: { word: \"${ $word }\", i: \"${ $i }\", room: \"${ .room }\" } } } ] }"),
            """{"room":"r1"}""",
            context);

        TestWorkflow.IsJson("""[{"word":"x","i":0,"room":"r1"},{"word":"y","i":1,"room":"r1"}]""", output);
        Assert.Equal(["/do/0/hear[0]/foreach/do/0/tell", "/do/0/hear[1]/foreach/do/0/tell"], context.Calls.Select(static c => c.Key));
        Assert.Equal(11 * Minute, context.Now - start);
    }

    [Fact]
    public void Without_tasks_the_items_are_the_outputs_and_can_be_transformed_and_exported()
    {
        var body = Listen(
            "{ any: [ { with: { type: a } } ], until: $context.sum >= 3 }",
            "{ output: { as: \"{ n: ., at: $index }\" }, export: { as: \"{ sum: (($context.sum // 0) + .n), last: $output, item: $item }\" } }")
            + "  - see: { set: { listened: \"${ . }\", c: \"${ $context }\" } }\n";

        TestWorkflow.IsJson(
            """{"listened":[{"n":1,"at":0},{"n":2,"at":1}],"c":{"sum":3,"last":{"n":2,"at":1},"item":2}}""",
            TestWorkflow.Output(body, context: Context(("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3"))));
    }

    [Fact]
    public void The_output_of_the_tasks_is_transformed_with_the_event_at_hand() =>
        TestWorkflow.IsJson(
            """[{"did":{"twice":8},"of":4}]""",
            TestWorkflow.Output(
                Listen("{ one: { with: { type: a } } }", "{ do: [ { d: { set: { twice: \"${ $item * 2 }\" } } } ], output: { as: { did: \"${ . }\", of: \"${ $item }\" } } }"),
                context: Context(("a", "1", "4"))));

    [Theory]
    [InlineData("{ output: { as: .n, schema: { document: { type: integer } } } }", "foreach.output.schema: must be an integer, not a string")]
    [InlineData("{ export: { as: .n, schema: { document: { type: integer } } } }", "foreach.export.schema: must be an integer, not a string")]
    [InlineData("{ export: { schema: { document: { required: [m] } } } }", "foreach.export.schema: needs 'm'")]
    public void An_item_that_does_not_fit_the_iterators_schema_is_a_validation_error(string each, string detail)
    {
        var error = TestWorkflow.Error(
            Listen("{ any: [ { with: { type: a } } ], until: length == 2 }", each), context: Context(("a", "1", "{\"n\":1}"), ("a", "2", "{\"n\":\"x\"}")));

        Assert.Equal((StandardErrors.Validation.Type, detail, "/do/0/hear"), (error.Type, error.Detail, error.Instance));
    }

    [Fact]
    public void Items_that_fit_the_iterators_schemas_pass() =>
        TestWorkflow.IsJson(
            """[1]""",
            TestWorkflow.Output(
                Listen(
                    "{ one: { with: { type: a } } }",
                    "{ output: { as: .n, schema: { document: { type: integer } } }, export: { as: \"{ n: . }\", schema: { document: { required: [n] } } } }"),
                context: Context(("a", "1", "{\"n\":1}"))));

    [Fact]
    public void Exit_ends_one_iteration_and_end_the_workflow()
    {
        var body = Listen(
            UntilStop,
            """
            { do: [ { leave: { if: $item == 1, set: { left: 1 }, then: exit } },
                        { stop: { if: $item == 2, set: { ended: 2 }, then: end } }, { more: { set: { more: 3 } } } ] }
            """);

        TestWorkflow.IsJson("""{"ended":2}""", TestWorkflow.Output(body, context: Context(("a", "1", "1"), ("a", "2", "2"))));
        TestWorkflow.IsJson(
            """[{"more":3},{"left":1}]""", TestWorkflow.Output(body, context: Context(("a", "1", "0"), ("a", "2", "1"), ("stop", "3", "0"))));
    }

    [Fact]
    public void Events_that_come_while_the_tasks_run_are_kept_in_their_order()
    {
        var output = TestWorkflow.Output(
            Listen(UntilStop, "{ do: [ { w: { wait: PT10M } }, { s: { set: \"${ $item }\" } } ] }"),
            context: Context(("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3")).Raise(40 * Minute, TestWorkflow.Event("stop", "4")));

        TestWorkflow.IsJson("[1,2,3]", output);
    }

    [Fact]
    public void A_time_limit_ends_a_listen_without_end()
    {
        var body = "do:\n  - t:\n      try:\n        - hear: { listen: { to: { any: [], until: '${ false }' } }, foreach: { export: { as: \"$context + [$item]\" } }, timeout: { after: PT1H } }\n"
            + "      catch: { do: [ { see: { set: \"${ $context }\" } } ] }\n";

        TestWorkflow.IsJson("[1,2]", TestWorkflow.Output(body, "[]", Context(("a", "1", "1"), ("b", "2", "2"))));
    }

    [Theory]
    [InlineData("{ items: x }", "10:18", "unknown property 'items' in 'foreach'", "did you mean 'item'?")]
    [InlineData("{ item: x, at: x }", "10:16", "'item' and 'at' are both 'x'", "give them two names")]
    [InlineData("{ item: output }", "10:24", "'item' cannot be 'output': $output has a meaning of its own", null)]
    [InlineData("{ output: { as: $output } }", "10:32", "bad jq expression: $output is not defined", "$output does not exist at this stage of a task")]
    public void A_wrong_iterator_is_refused(string each, string place, string message, string? hint) =>
        TestWorkflow.Refused(Listen("{ one: { with: { type: a } } }", each), place, message, hint);
}
