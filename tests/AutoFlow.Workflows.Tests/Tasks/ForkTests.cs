using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Tasks;

public class ForkTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private static FakeWorkflowContext Context() => new FakeWorkflowContext().On(
        "step",
        static (call, _) => FunctionAnswer.Of(call.Arguments["says"]) with { Takes = TimeSpan.FromMinutes(call.Arguments["minutes"].AsNumber() ?? 0) });

    private static string Branch(string name, int minutes, string more = "") =>
        $"        - {name}: {{ call: step, with: {{ says: {name}, minutes: {minutes} }}{more} }}\n";

    private static string Fork(bool compete, params string[] branches) =>
        $"do:\n  - both:\n      fork:\n        compete: {(compete ? "true" : "false")}\n        branches:\n" + string.Concat(branches);

    [Fact]
    public void Branches_run_beside_each_other_and_their_outputs_come_in_the_definitions_order()
    {
        var context = Context();
        var start = context.Now;

        TestWorkflow.IsJson("""["slow","fast"]""", TestWorkflow.Output(Fork(false, Branch("slow", 7), Branch("fast", 3)), context: context));

        Assert.Equal(7 * Minute, context.Now - start);
        Assert.Equal(["/do/0/both/fork/branches/0/slow", "/do/0/both/fork/branches/1/fast"], context.Calls.Select(static c => c.Key));
    }

    [Fact]
    public void The_first_of_competing_branches_gives_the_output_and_ends_the_others()
    {
        var context = Context();
        var start = context.Now;
        var body = Fork(
            true,
            "        - wait: { do: [ { w: { wait: PT1H } }, { after: { call: step, with: { says: late } } } ] }\n",
            Branch("fast", 3),
            "        - hear: { listen: { to: { one: { with: { type: never } } } } }\n");

        TestWorkflow.IsJson("\"fast\"", TestWorkflow.Output(body, context: context));

        Assert.Equal(3 * Minute, context.Now - start);
        Assert.Equal("fast", Assert.Single(context.Calls).Arguments["says"].AsString());
    }

    [Fact]
    public void What_a_branch_that_lost_is_told_later_is_dropped()
    {
        var context = Context();
        var body = Fork(
            true,
            "        - slow: { do: [ { ask: { call: step, with: { says: slow, minutes: 9 }, export: { as: \"{ lost: true }\" } } }, { more: { call: step, with: { says: more } } } ] }\n",
            Branch("fast", 3)) + "  - later: { wait: PT1H }\n  - see: { set: { c: \"${ $context }\" } }\n";

        TestWorkflow.IsJson("""{"c":{"x":1}}""", TestWorkflow.Output(body, """{"x":1}""", context));

        Assert.Equal(["slow", "fast"], context.Calls.Select(static c => c.Arguments["says"].AsString()));
    }

    [Fact]
    public void A_competing_branch_that_is_done_at_once_leaves_the_later_ones_unbegun()
    {
        var context = Context();

        TestWorkflow.IsJson("1", TestWorkflow.Output(Fork(true, "        - now: { set: \"${ 1 }\" }\n", Branch("never", 1)), context: context));

        Assert.Empty(context.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_branch_that_fails_fails_the_fork_and_ends_the_others(bool compete)
    {
        var context = Context();
        var start = context.Now;
        var body = Fork(
            compete,
            "        - long: { do: [ { w: { wait: PT1H } }, { after: { call: step, with: { says: late } } } ] }\n",
            "        - bad: { do: [ { w: { wait: PT2M } }, { r: { raise: { error: { type: 'urn:bad', status: 400 } } } } ] }\n");

        var error = TestWorkflow.Error(body, context: context);

        Assert.Equal(("urn:bad", "/do/0/both/fork/branches/1/bad/do/1/r"), (error.Type, error.Instance));
        Assert.Equal(2 * Minute, context.Now - start);
        Assert.Empty(context.Calls);
    }

    [Fact]
    public void An_error_of_a_branch_can_be_caught_around_the_fork_and_the_run_goes_on()
    {
        const string body =
            """
            do:
              - guarded:
                  try:
                    - both:
                        fork:
                          branches:
                            - hear: { listen: { to: { one: { with: { type: a } } } } }
                            - bad: { raise: { error: { type: 'urn:bad', status: 400 } } }
                  catch:
                    do:
                      - again: { listen: { to: { one: { with: { type: a } } } } }
            """;
        var context = new FakeWorkflowContext().Raise(Minute, TestWorkflow.Event("a", "1", "42"));

        TestWorkflow.IsJson("[42]", TestWorkflow.Output(body, context: context));
    }

    [Theory]
    [InlineData("end", false)]
    [InlineData("exit", true)]
    [InlineData("continue", true)]
    public void End_in_a_branch_ends_the_workflow_and_exit_ends_the_branch(string then, bool both)
    {
        var context = Context();
        var body = Fork(false, Branch("quick", 1, $", then: {then}"), Branch("slow", 5)) + "  - after: { set: { out: \"${ . }\" } }\n";

        TestWorkflow.IsJson(both ? """{"out":["quick","slow"]}""" : "\"quick\"", TestWorkflow.Output(body, context: context));
    }

    [Fact]
    public void End_deep_inside_a_branch_ends_the_workflow_with_its_output()
    {
        var body = Fork(false, "        - deep: { do: [ { a: { set: { n: 1 }, then: end } }, { b: { set: { n: 2 } } } ] }\n", Branch("never", 5))
            + "  - after: { set: { out: 3 } }\n";

        TestWorkflow.IsJson("""{"n":1}""", TestWorkflow.Output(body, context: Context()));
    }

    [Fact]
    public void Branches_share_the_context_and_the_last_to_be_done_is_seen()
    {
        var body = Fork(
            false,
            Branch("slow", 5, ", export: { as: \"$context + { slow: ($context.fast == 1), last: . }\" }"),
            Branch("fast", 2, ", export: { as: \"$context + { fast: 1, last: . }\" }")) + "  - see: { set: \"${ $context }\" }\n";

        TestWorkflow.IsJson("""{"fast":1,"slow":true,"last":"slow"}""", TestWorkflow.Output(body, context: Context()));
    }

    [Fact]
    public void A_time_limit_around_ends_every_branch()
    {
        var context = Context();
        var start = context.Now;
        var body = Fork(
            false,
            "        - a: { do: [ { w: { wait: PT1H } }, { after: { call: step, with: { says: late } } } ] }\n",
            "        - b: { wait: PT2H }\n") + "      timeout: { after: PT10M }\n";

        var error = TestWorkflow.Error(body, context: context);

        Assert.Equal((StandardErrors.Timeout.Type, "/do/0/both"), (error.Type, error.Instance));
        Assert.Equal(10 * Minute, context.Now - start);
        Assert.Empty(context.Calls);
    }

    [Fact]
    public void When_a_branch_is_done_the_status_shows_what_another_waits_for()
    {
        var context = Context().Raise(9 * Minute, TestWorkflow.Event("a", "1"));

        TestWorkflow.Output(Fork(false, "        - hear: { listen: { to: { one: { with: { type: a } } } } }\n", Branch("quick", 2)), context: context);

        Assert.Equal(
            ["both", "hear", "hear a", "quick", "hear a", "hear"],
            context.Statuses.Select(static s => $"{s.Name} {s.WaitingFor?.EventTypes[0]}".Trim()));
    }

    [Fact]
    public void Each_branch_is_given_the_forks_input() =>
        TestWorkflow.IsJson(
            """[{"a":1},{"b":1}]""",
            TestWorkflow.Output(
                "do:\n  - both:\n      input: { from: .x }\n      fork: { branches: [ { a: { set: { a: \"${ .n }\" } } }, { b: { set: { b: \"${ .n }\" } } } ] }\n",
                """{"x":{"n":1}}"""));

    [Fact]
    public void A_fork_in_a_loop_has_keys_of_its_own_in_each_iteration()
    {
        var context = Context();
        const string body =
            """
            do:
              - each:
                  for: { in: "[1, 2]" }
                  do:
                    - both:
                        fork:
                          branches:
                            - a: { call: step, with: { says: "${ $item }" } }
                            - b: { call: step, with: { says: "${ $item }" } }
            """;

        TestWorkflow.IsJson("[2,2]", TestWorkflow.Output(body, context: context));

        Assert.Distinct(context.Calls.Select(static c => c.Key));
        Assert.Equal(4, context.Calls.Count);
    }

    [Theory]
    [InlineData("{ branches: [] }", "7:28", "'branches' needs at least one task", null)]
    [InlineData("{ branches: [ { a: { set: { x: 1 }, then: b } }, { b: { set: { x: 2 } } } ] }", "7:58", "no task 'b' in this list to go to", "known here: continue, end, exit")]
    [InlineData("{ branches: [ { end: { set: { x: 1 } } } ] }", "7:32", "a task cannot be named 'end': that is a flow directive", null)]
    [InlineData("{ branch: [ { a: { set: { x: 1 } } } ], branches: [ { a: { set: { x: 1 } } } ] }", "7:18", "unknown property 'branch' in 'fork'", "did you mean 'branches'?")]
    [InlineData("{ branches: [ { a: { set: { x: 1 } } } ], compete: yes }", "7:67", "'compete' must be true or false, not text", null)]
    public void A_wrong_fork_is_refused(string fork, string place, string message, string? hint) =>
        TestWorkflow.Refused($"do:\n  - f: {{ fork: {fork} }}\n", place, message, hint);
}
