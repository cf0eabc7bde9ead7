using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class CorrelateTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Events of a type and a room each: the room as an extension attribute, the place in the row as data.</summary>
    private static FakeWorkflowContext Context(params (string Type, string? Room)[] events)
    {
        var context = new FakeWorkflowContext();
        foreach (var (index, (type, room)) in events.Index())
            context.Raise((index + 1) * Minute, TestWorkflow.Event(type, $"{index}", $"{index}").With("roomid", JqValue.From(room)));
        return context;
    }

    private static string Listen(string to) => $"do:\n  - hear:\n      listen:\n        to: {to}\n";

    [Fact]
    public void The_first_event_consumed_says_what_the_others_must_have()
    {
        const string to = "{ all: [ { with: { type: temperature }, correlate: { room: { from: .roomid } } }, { with: { type: humidity }, correlate: { room: { from: .roomid } } } ] }";

        var result = TestWorkflow.Run(
            Listen(to), context: Context(("humidity", "b"), ("temperature", "a"), ("humidity", "c"), ("temperature", "b"), ("humidity", "a")));

        TestWorkflow.IsJson("[0,3]", result.Output!);
    }

    [Fact]
    public void Events_of_other_correlations_are_there_for_the_next_listen()
    {
        const string to = "{ all: [ { with: { type: t }, correlate: { room: { from: .roomid } } }, { with: { type: h }, correlate: { room: { from: .roomid } } } ] }";
        var body = Listen(to) + $"  - again:\n      listen:\n        to: {to}\n";

        TestWorkflow.IsJson("[2,1]", TestWorkflow.Output(body, context: Context(("t", "a"), ("t", "b"), ("h", "b"), ("h", "a"))));
    }

    [Fact]
    public void What_is_expected_can_come_from_the_tasks_data_or_be_written_down()
    {
        TestWorkflow.IsJson(
            "[2]",
            TestWorkflow.Output(
                Listen("{ one: { with: { type: t }, correlate: { room: { from: .roomid, expect: '${ .want }' } } } }"),
                """{"want":"b"}""",
                Context(("t", "a"), ("t", null), ("t", "b"))));
        TestWorkflow.IsJson(
            "[1]",
            TestWorkflow.Output(
                Listen("{ one: { with: { type: t }, correlate: { room: { from: .roomid, expect: b } } } }"), context: Context(("t", "a"), ("t", "b"))));
    }

    [Fact]
    public void Several_correlations_must_all_hold_until_the_listen_ends()
    {
        const string to = "{ any: [ { with: { type: t }, correlate: { room: { from: .roomid }, small: { from: '.data < 4', expect: '${ true }' } } } ], until: length == 2 }";

        TestWorkflow.IsJson("[0,2]", TestWorkflow.Output(Listen(to), context: Context(("t", "a"), ("t", "b"), ("t", "a"), ("t", "a"), ("t", "a"))));
    }

    [Fact]
    public void An_event_that_ends_the_listen_can_be_correlated_too()
    {
        const string correlate = "correlate: { room: { from: .roomid } }";
        var to = $"{{ any: [ {{ with: {{ type: t }}, {correlate} }} ], until: {{ one: {{ with: {{ type: stop }}, {correlate} }} }} }}";

        TestWorkflow.IsJson("[0,2]", TestWorkflow.Output(Listen(to), context: Context(("t", "a"), ("stop", "b"), ("t", "a"), ("stop", "a"))));
    }

    [Fact]
    public void An_event_on_which_the_correlation_fails_does_not_match() =>
        TestWorkflow.IsJson(
            "[1]",
            TestWorkflow.Output(Listen("{ one: { with: { type: t }, correlate: { room: { from: '.roomid | ascii_downcase' } } } }"), context: Context(("t", null), ("t", "A"))));

    [Theory]
    [InlineData("{ form: .x }", "9:59", "unknown property 'form' in the correlation 'c'", "did you mean 'from'?")]
    [InlineData("{ from: . +, expect: x }", "9:68", null, null)]
    public void A_wrong_correlation_is_refused(string correlation, string place, string? message, string? hint)
    {
        var result = TestWorkflow.Read(Listen($"{{ one: {{ with: {{ type: t }}, correlate: {{ c: {correlation} }} }} }}"));

        var error = result.Errors.First(e => message is null || e.Message == message);
        Assert.Equal(hint, error.Hint);
        Assert.Equal(place, error.Position.ToString());
    }
}
