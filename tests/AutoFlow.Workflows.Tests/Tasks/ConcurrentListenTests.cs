using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

/// <summary>Several branches listen at once.</summary>
public class ConcurrentListenTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static FakeWorkflowContext Context(bool durable, params (string Type, string Id, string Data)[] events)
    {
        var context = new FakeWorkflowContext { DurableEvents = durable };
        foreach (var (index, (type, id, data)) in events.Index()) context.Raise((index + 1) * Minute, TestWorkflow.Event(type, id, data));
        return context;
    }

    private static string Hear(string name, string filter) => $"        - {name}: {{ listen: {{ to: {{ one: {{ with: {filter} }} }} }} }}\n";

    private static string Fork(params string[] branches) => "do:\n  - both:\n      fork:\n        branches:\n" + string.Concat(branches);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_event_that_one_branch_does_not_take_is_there_for_the_other(bool durable)
    {
        var body = Fork(Hear("ones", "{ type: a, data: 1 }"), Hear("twos", "{ type: a, data: 2 }"));

        foreach (var order in new[] { new[] { "1", "2" }, ["2", "1"] })
        {
            var context = Context(durable, [.. order.Select(static data => ("a", $"e{data}", data))]);
            TestWorkflow.IsJson("[[1],[2]]", TestWorkflow.Output(body, context: context));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Events_that_fit_every_branch_go_to_the_one_that_has_waited_longest(bool durable)
    {
        var body = Fork(Hear("first", "{ type: a }"), Hear("second", "{ type: a }"), Hear("third", "{ type: a }"));

        TestWorkflow.IsJson("[[1],[2],[3]]", TestWorkflow.Output(body, context: Context(durable, ("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_branch_that_passed_over_an_event_keeps_its_turn(bool durable)
    {
        var body = Fork(
            Hear("picky", "{ type: a, data: '${ . > 1 }' }"),
            "        - any: { do: [ { w: { wait: PT30S } }, { l: { listen: { to: { one: { with: { type: a, data: '${ . > 1 }' } } } } } } ] }\n");

        TestWorkflow.IsJson("[[2],[3]]", TestWorkflow.Output(body, context: Context(durable, ("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_event_is_taken_twice_or_lost_when_branches_listen_again_and_again(bool durable)
    {
        const string all = "{ all: [ { with: { type: a } }, { with: { type: b } }, { with: { type: a } } ] }";
        var body = Fork(
            $"        - x: {{ listen: {{ to: {all} }} }}\n",
            $"        - y: {{ listen: {{ to: {all} }} }}\n") + "  - rest: { listen: { to: { one: { with: { type: b } } } } }\n";
        var context = Context(durable, [.. "baabbaaab".Select(static (type, i) => ($"{type}", $"{i}", $"{i}"))]);

        var result = TestWorkflow.Run(body, context: context);

        Assert.False(result.IsFaulted);
        Assert.Equal(7, result.ConsumedEvents.Count);
        Assert.Distinct(result.ConsumedEvents);
        TestWorkflow.IsJson("[4]", result.Output!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_cancelled_branch_gives_its_place_back_and_the_event_goes_to_the_next_listener(bool durable)
    {
        const string body =
            """
            do:
              - race:
                  fork:
                    compete: true
                    branches:
                      - hear: { listen: { to: { one: { with: { type: a } } } } }
                      - wait: { wait: PT30S }
              - later: { listen: { to: { one: { with: { type: a } } } } }
            """;

        TestWorkflow.IsJson("[7]", TestWorkflow.Output(body, context: Context(durable, ("a", "1", "7"))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_branch_that_is_ended_by_another_ones_event_leaves_its_own_for_later(bool durable)
    {
        const string body =
            """
            do:
              - race:
                  fork:
                    compete: true
                    branches:
                      - stop: { listen: { to: { one: { with: { type: stop } } } } }
                      - gather: { listen: { to: { all: [ { with: { type: a, data: 9 } }, { with: { type: b } } ] } } }
              - later: { listen: { to: { all: [ { with: { type: a } }, { with: { type: a } } ] } } }
            """;

        var result = TestWorkflow.Run(body, context: Context(durable, ("a", "a1", "1"), ("stop", "s", "0"), ("a", "a2", "2")));

        Assert.Equal(["s", "a1", "a2"], result.ConsumedEvents);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void An_event_that_was_given_to_a_branch_as_it_lost_goes_back(bool durable)
    {
        const string body =
            """
            do:
              - sleep: { wait: PT5M }
              - race:
                  fork:
                    compete: true
                    branches:
                      - picky: { do: [ { w: { wait: PT1M } }, { l: { listen: { to: { any: [ { with: { type: a } }, { with: { type: b, data: 9 } } ] } } } } ] }
                      - other: { listen: { to: { all: [ { with: { type: b } }, { with: { type: c } } ] } } }
                      - third: { do: [ { w: { wait: PT2M } }, { l: { listen: { to: { one: { with: { type: b } } } } } } ] }
              - later: { listen: { to: { all: [ { with: { type: b } }, { with: { type: b } }, { with: { type: b } } ] } } }
            """;
        var context = Context(durable, ("a", "a1", "1"), ("b", "b1", "1"), ("b", "b2", "2"), ("b", "b3", "3"), ("b", "b4", "4"));

        var consumed = TestWorkflow.Run(body, context: context).ConsumedEvents;

        Assert.Equal(["b1", "a1", "b2", "b3", "b4"], consumed);
    }
}
