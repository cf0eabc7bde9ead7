using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

/// <summary>Filters whose event type is not one fixed text.</summary>
public class ListenTypeTests
{
    private static FakeWorkflowContext Context(params string[] types)
    {
        var context = new FakeWorkflowContext();
        foreach (var (index, type) in types.Index())
            context.Raise(TimeSpan.FromMinutes(index + 1), TestWorkflow.Event(type, $"{index}", $"{index}", source: $"/{type}"));
        return context;
    }

    private static string Listen(string to, string name = "hear") => $"  - {name}:\n      listen:\n        to: {to}\n";

    [Theory]
    [InlineData("{ any: [] }", "[0]")]
    [InlineData("{ any: [], until: length == 3 }", "[0,1,2]")]
    [InlineData("{ one: { with: { source: /b } } }", "[1]")]
    [InlineData("{ one: { with: { data: '${ . > 1 }' } } }", "[2]")]
    [InlineData("{ one: { with: { type: '[bc]' } } }", "[1]")]
    [InlineData("{ one: { with: { type: 'c.*', data: 4 } } }", "[4]")]
    [InlineData("{ one: { with: { type: '${ .want }' } } }", "[2]")]
    [InlineData("{ all: [ { with: { type: '${ .want }' } }, { with: { type: b } }, { with: { source: /d } } ] }", "[1,2,3]")]
    [InlineData("{ any: [], until: { one: { with: { type: d } } } }", "[0,1,2]")]
    public void Types_are_matched(string to, string expected) =>
        TestWorkflow.IsJson(expected, TestWorkflow.Output("do:\n" + Listen(to), """{"want":"c"}""", Context("a", "b", "c", "d", "cc")));

    [Fact]
    public void Until_false_listens_for_ever() =>
        Assert.Equal(
            StandardErrors.Timeout.Type,
            TestWorkflow.Error("do:\n" + Listen("{ any: [], until: false }") + "      timeout: { after: PT1H }\n", context: Context("a", "b")).Type);

    [Fact]
    public void Types_that_the_definition_names_are_received_under_their_own_name_and_all_others_under_one()
    {
        var body = "do:\n" + Listen("{ one: { with: { type: b } } }", "b") + Listen("{ any: [] }", "any");
        var context = Context("b", "b");
        var definition = TestWorkflow.Parse(body);

        TestWorkflow.IsJson("[1]", TestWorkflow.Output(body, context: context));

        Assert.Equal([EventTypes.Any, "b"], definition.EventTypes);
        Assert.Equal(["receive b", "receive *", "receive b"], context.Decisions);
        Assert.Equal(("b", EventTypes.Any), (EventTypes.NameOf(definition.EventTypes, "b"), EventTypes.NameOf(definition.EventTypes, "x")));
    }

    [Fact]
    public void A_type_that_is_computed_is_received_under_its_name_where_the_definition_names_it()
    {
        var context = Context("a", "b");

        TestWorkflow.Output("do:\n" + Listen("{ one: { with: { type: '${ .t }' } } }") + Listen("{ one: { with: { type: b } } }", "b"), """{"t":"a"}""", context);

        Assert.Equal(["receive *", "receive b"], context.Decisions);
    }

    [Fact]
    public void A_computed_type_that_is_no_text_is_an_error()
    {
        var error = TestWorkflow.Error("do:\n" + Listen("{ one: { with: { type: '${ .t }' } } }"), """{"t":1}""");

        Assert.Equal((StandardErrors.Expression.Type, "the type of an event filter gave a value of type number, not text"), (error.Type, error.Detail));
    }

    [Theory]
    [InlineData("{ all: [] }", "9:15", "'all' needs at least one filter", null)]
    [InlineData("{ one: { with: {} } }", "9:28", "'with' needs at least one attribute", "for every event write any: []")]
    [InlineData("{ any: [], until: { any: [], until: .x } }", "9:42", "'until' cannot have an 'until' of its own", null)]
    [InlineData("{ one: { with: { type: '(' } } }", "9:36", "'(' is no regular expression", "look-around and back references are not supported")]
    [InlineData("{ one: { with: { type: a }, correlate: x } }", "9:52", "'correlate' must be a map of names, not text", "as correlate: { order: { from: .data.order } }")]
    public void A_wrong_strategy_is_refused(string to, string place, string message, string? hint) =>
        TestWorkflow.Refused("do:\n" + Listen(to), place, message, hint);
}
