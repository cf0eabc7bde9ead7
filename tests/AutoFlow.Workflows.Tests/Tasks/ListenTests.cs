using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ListenTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static FakeWorkflowContext Context(params (string Type, string Id, string Data)[] events)
    {
        var context = new FakeWorkflowContext();
        foreach (var (index, (type, id, data)) in events.Index()) context.Raise((index + 1) * Minute, TestWorkflow.Event(type, id, data));
        return context;
    }

    private static string Listen(string strategy, string read = "data") =>
        $"do:\n  - hear:\n      listen:\n        to: {strategy}\n        read: {read}\n";

    [Fact]
    public void One_takes_the_first_event_that_matches_its_filter()
    {
        var context = Context(("answer", "1", """{"order":"B2"}"""), ("other", "2", "{}"), ("answer", "3", """{"order":"A1"}"""));

        var result = TestWorkflow.Run(
            Listen("{ one: { with: { type: answer, data: \"${ .order == $input.order }\" } } }"), """{"order":"A1"}""", context);

        TestWorkflow.IsJson("""[{"order":"A1"}]""", result.Output!);
        Assert.Equal(["3"], result.ConsumedEvents);
    }

    [Fact]
    public void The_members_of_data_may_be_filtered_one_by_one()
    {
        var context = Context(("answer", "1", "\"no object\""), ("answer", "2", """{"order":"A1","n":1}"""), ("answer", "3", """{"order":"A1","n":5}"""));

        var result = TestWorkflow.Run(
            Listen("{ one: { with: { type: answer, data: { order: \"${ $input.order }\", n: \"${ . > 3 }\" } } } }"), """{"order":"A1"}""", context);

        Assert.Equal(["3"], result.ConsumedEvents);
    }

    [Fact]
    public void Attributes_are_compared_exactly_or_by_a_regular_expression()
    {
        var context = new FakeWorkflowContext()
            .Raise(Minute, TestWorkflow.Event("a", "1", source: "https://shopXexample.com/eu"))
            .Raise(Minute * 2, TestWorkflow.Event("a", "2", source: "https://shop.example.com/eu/1"))
            .Raise(Minute * 3, TestWorkflow.Event("a", "3", source: "https://shop.example.com/eu"));

        Assert.Equal(["3"], TestWorkflow.Run(Listen("{ one: { with: { type: a, source: 'https://shop.example.com/eu' } } }"), context: context).ConsumedEvents);
        Assert.Equal(
            ["2"],
            TestWorkflow.Run(
                Listen("{ one: { with: { type: a, source: 'https://shop\\.example\\.com/eu/[0-9]+' } } }"),
                context: new FakeWorkflowContext()
                    .Raise(Minute, TestWorkflow.Event("a", "1", source: "https://shop.example.com/eu/x"))
                    .Raise(Minute * 2, TestWorkflow.Event("a", "2", source: "https://shop.example.com/eu/1"))).ConsumedEvents);
    }

    [Fact]
    public void Any_takes_the_first_event_of_several_types()
    {
        var result = TestWorkflow.Run(
            Listen("{ any: [ { with: { type: a } }, { with: { type: b } } ] }"), context: Context(("c", "1", "0"), ("b", "2", "2"), ("a", "3", "1")));

        TestWorkflow.IsJson("[2]", result.Output!);
    }

    [Fact]
    public void All_takes_one_event_for_each_filter_in_the_order_of_arrival()
    {
        var result = TestWorkflow.Run(
            Listen("{ all: [ { with: { type: a } }, { with: { type: b } }, { with: { type: a } } ] }"),
            context: Context(("b", "1", "1"), ("b", "2", "2"), ("a", "3", "3"), ("a", "4", "4")));

        TestWorkflow.IsJson("[1,3,4]", result.Output!);
        Assert.Equal(["1", "3", "4"], result.ConsumedEvents);
    }

    [Fact]
    public void Any_goes_on_until_its_condition_holds_on_the_consumed_events()
    {
        var result = TestWorkflow.Run(
            Listen("{ any: [ { with: { type: a } } ], until: '(. | length) == 2' }"), context: Context(("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3")));

        TestWorkflow.IsJson("[1,2]", result.Output!);
    }

    [Fact]
    public void Any_goes_on_until_another_event_which_is_no_part_of_the_output()
    {
        var result = TestWorkflow.Run(
            Listen("{ any: [ { with: { type: a } } ], until: { one: { with: { type: stop } } } }"),
            context: Context(("a", "1", "1"), ("a", "2", "2"), ("stop", "3", "3"), ("a", "4", "4")));

        TestWorkflow.IsJson("[1,2]", result.Output!);
        Assert.Equal(["1", "2", "3"], result.ConsumedEvents);
    }

    [Fact]
    public void Events_that_no_filter_took_are_there_for_a_later_listen()
    {
        const string body =
            """
            do:
              - first:
                  listen: { to: { one: { with: { type: a, data: "${ . == 2 }" } } } }
              - second:
                  listen: { to: { one: { with: { type: a } } } }
              - third:
                  listen: { to: { one: { with: { type: b } } } }
            """;

        var result = TestWorkflow.Run(body, context: Context(("b", "b1", "0"), ("a", "a1", "1"), ("a", "a2", "2")));

        Assert.Equal(["a2", "a1", "b1"], result.ConsumedEvents);
    }

    [Theory]
    [InlineData("data", """[{"x":1}]""")]
    [InlineData("raw", """[{"x":1}]""")]
    [InlineData("envelope", """[{"specversion":"1.0","id":"1","type":"a","source":"/test","data":{"x":1}}]""")]
    public void Events_are_read_as_data_or_with_their_envelope(string read, string expected)
    {
        TestWorkflow.IsJson(expected, TestWorkflow.Output(Listen("{ one: { with: { type: a } } }", read), context: Context(("a", "1", """{"x":1}"""))));
    }

    [Theory]
    [InlineData("data", """[{"x":1}]""")]
    [InlineData("raw", """["eyJ4IjoxfQ=="]""")]
    public void Binary_data_is_decoded_unless_it_is_read_raw(string read, string expected)
    {
        var encoded = TestWorkflow.Event("a", "1").Without("data").With("data_base64", JqValue.From("eyJ4IjoxfQ=="));

        TestWorkflow.IsJson(
            expected,
            TestWorkflow.Output(Listen("{ one: { with: { type: a } } }", read), context: new FakeWorkflowContext().Raise(Minute, encoded)));
    }

    [Fact]
    public void A_time_limit_ends_the_wait_and_leaves_the_events_to_others()
    {
        const string body =
            """
            do:
              - guarded:
                  try:
                    - hear:
                        listen: { to: { one: { with: { type: answer } } } }
                        timeout: { after: { minutes: 5 } }
                  catch:
                    errors: { with: { type: https://serverlessworkflow.io/spec/1.0.0/errors/timeout } }
                    do:
                      - late:
                          listen: { to: { one: { with: { type: answer } } } }
            """;
        var context = new FakeWorkflowContext().Raise(TimeSpan.FromMinutes(9), TestWorkflow.Event("answer", "1", "42"));
        var start = context.Now;

        TestWorkflow.IsJson("[42]", TestWorkflow.Output(body, context: context));

        var waits = context.Statuses.Where(static s => s.WaitingFor is not null).Select(static s => s.WaitingFor!).ToList();
        Assert.Equal([start.AddMinutes(5), null], waits.Select(static w => w.Until));
        Assert.All(waits, static w => Assert.Equal((WaitingFor.Event, "answer"), (w.Kind, Assert.Single(w.EventTypes))));
    }

    [Fact]
    public void A_flood_of_events_that_no_filter_takes_ends_no_listen_and_takes_no_place()
    {
        var context = Context([("a", "first", "2"), .. Enumerable.Range(0, 5).Select(static i => ("a", $"{i}", "0")), ("a", "last", "1")]);

        var result = TestWorkflow.Run(
            Listen("{ one: { with: { type: a, data: 1 } } }") + "  - again:\n      listen: { to: { one: { with: { type: a, data: 2 } } } }\n",
            context: context,
            options: new InterpreterOptions { MaxBufferedEvents = 3 });

        TestWorkflow.IsJson("[2]", result.Output!);
    }

    [Fact]
    public void Of_more_events_than_are_kept_for_later_the_oldest_is_dropped()
    {
        var context = Context([.. Enumerable.Range(2, 5).Select(static i => ("a", $"{i}", $"{i}")), ("a", "last", "1")]);

        var result = TestWorkflow.Run(
            Listen("{ one: { with: { type: a, data: '${ . == 1 }' } } }") + "  - again:\n      listen: { to: { one: { with: { type: a } } } }\n",
            context: context,
            options: new InterpreterOptions { MaxBufferedEvents = 3 });

        TestWorkflow.IsJson("[4]", result.Output!);
    }
}
