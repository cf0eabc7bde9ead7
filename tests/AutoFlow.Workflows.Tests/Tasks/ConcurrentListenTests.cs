using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

/// <summary>Several branches listen at once.</summary>
public class ConcurrentListenTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static FakeWorkflowContext Context(params (string Type, string Id, string Data)[] events)
    {
        var context = new FakeWorkflowContext();
        foreach (var (index, (type, id, data)) in events.Index()) context.Raise((index + 1) * Minute, TestWorkflow.Event(type, id, data));
        return context;
    }

    private static string Hear(string name, string filter) => $"        - {name}: {{ listen: {{ to: {{ one: {{ with: {filter} }} }} }} }}\n";

    private static string Fork(params string[] branches) => "do:\n  - both:\n      fork:\n        branches:\n" + string.Concat(branches);

    [Fact]
    public void An_event_that_one_branch_does_not_take_is_there_for_the_other()
    {
        var body = Fork(Hear("ones", "{ type: a, data: 1 }"), Hear("twos", "{ type: a, data: 2 }"));

        foreach (var order in new[] { new[] { "1", "2" }, ["2", "1"] })
        {
            var context = Context([.. order.Select(static data => ("a", $"e{data}", data))]);
            TestWorkflow.IsJson("[[1],[2]]", TestWorkflow.Output(body, context: context));
        }
    }

    [Fact]
    public void Events_that_fit_every_branch_go_to_the_one_that_has_waited_longest()
    {
        var body = Fork(Hear("first", "{ type: a }"), Hear("second", "{ type: a }"), Hear("third", "{ type: a }"));

        TestWorkflow.IsJson("[[1],[2],[3]]", TestWorkflow.Output(body, context: Context(("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3"))));
    }

    [Fact]
    public void A_branch_that_passed_over_an_event_keeps_its_turn()
    {
        var body = Fork(
            Hear("picky", "{ type: a, data: '${ . > 1 }' }"),
            "        - any: { do: [ { w: { wait: PT30S } }, { l: { listen: { to: { one: { with: { type: a, data: '${ . > 1 }' } } } } } } ] }\n");

        TestWorkflow.IsJson("[[2],[3]]", TestWorkflow.Output(body, context: Context(("a", "1", "1"), ("a", "2", "2"), ("a", "3", "3"))));
    }

    [Fact]
    public void No_event_is_taken_twice_or_lost_when_branches_listen_again_and_again()
    {
        const string all = "{ all: [ { with: { type: a } }, { with: { type: b } }, { with: { type: a } } ] }";
        var body = Fork(
            $"        - x: {{ listen: {{ to: {all} }} }}\n",
            $"        - y: {{ listen: {{ to: {all} }} }}\n") + "  - rest: { listen: { to: { one: { with: { type: b } } } } }\n";
        var context = Context([.. "baabbaaab".Select(static (type, i) => ($"{type}", $"{i}", $"{i}"))]);

        var result = TestWorkflow.Run(body, context: context);

        Assert.False(result.IsFaulted);
        Assert.Equal(7, result.ConsumedEvents.Count);
        Assert.Distinct(result.ConsumedEvents);
        TestWorkflow.IsJson("[4]", result.Output!);
    }

    [Fact]
    public void A_cancelled_branch_gives_its_place_back_and_the_event_goes_to_the_next_listener()
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

        TestWorkflow.IsJson("[7]", TestWorkflow.Output(body, context: Context(("a", "1", "7"))));
    }

    [Fact]
    public void A_branch_that_is_ended_by_another_ones_event_leaves_its_own_for_later()
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

        var result = TestWorkflow.Run(body, context: Context(("a", "a1", "1"), ("stop", "s", "0"), ("a", "a2", "2")));

        Assert.Equal(["s", "a1", "a2"], result.ConsumedEvents);
    }
}
