using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Outline;
using AutoFlow.Workflows.Testing;

namespace AutoFlow.Workflows.Tests.Scenarios;

/// <summary>The branches of a definition, and which of them runs take.</summary>
public sealed class BranchCoverageTests
{
    [Theory]
    [InlineData("do:\n  - a: { set: { x: 1 } }\n", "{}", "task 'a'")]
    [InlineData("do:\n  - a: { if: .x, set: { x: 1 } }\n", "{}", "'a' passed over")]
    [InlineData("do:\n  - a: { if: .x, set: { x: 1 } }\n", "{\"x\":1}", "task 'a'")]
    [InlineData("do:\n  - a: { switch: [ { b: { when: .x, then: end } } ] }\n", "{}", "task 'a'; no case of 'a'")]
    [InlineData("do:\n  - a: { switch: [ { b: { when: .x, then: end } }, { c: { then: end } } ] }\n", "{}", "task 'a'; case 'c' of 'a'")]
    [InlineData("do:\n  - a: { for: { in: .x }, do: [ { b: { set: { y: 1 } } } ] }\n", "{\"x\":[]}", "task 'a'; 'a' without items")]
    [InlineData("do:\n  - a: { for: { in: .x }, do: [ { b: { set: { y: 1 } } } ] }\n", "{\"x\":[1]}", "task 'a'; 'a' with items; task 'b'")]
    [InlineData("do:\n  - a: { wait: PT2S, timeout: { after: PT1S } }\n", "{}", "task 'a'; time limit of 'a'")]
    [InlineData("timeout: { after: PT1S }\ndo:\n  - a: { wait: PT2S }\n", "{}", "time limit of the workflow; task 'a'")]
    [InlineData("do:\n  - a: { try: [ { b: { set: { y: 1 } } } ], catch: { then: end } }\n", "{}", "task 'a'; 'a' without an error; task 'b'")]
    [InlineData("do:\n  - a: { try: [ { b: { raise: { error: { type: urn:x, status: 1 } } } } ], catch: {} }\n", "{}", "task 'a'; task 'b'; catch of 'a'")]
    [InlineData("do:\n  - a: { fork: { compete: true, branches: [ { b: { wait: PT1S } }, { c: { wait: PT2S } } ] } }\n", "{}", "task 'a'; task 'b'; task 'c'")]
    [InlineData("use: { extensions: [ { log: { extend: set, before: [ { note: { wait: PT1S } } ], after: [ { told: { wait: PT1S } } ] } } ] }\ndo:\n  - a: { set: { x: 1 } }\n", "{}", "task 'note'; task 'told'; task 'a'")]
    public void A_run_takes_these_branches(string body, string input, string taken)
    {
        var definition = TestWorkflow.Parse(body);
        var coverage = new BranchCoverage(DefinitionOutline.Of(definition));
        new FakeWorkflowContext().Run(definition, JqValue.Parse(input), InterpreterOptions.Default with { Observer = coverage.Note });

        var all = OutlineBranches.Of(DefinitionOutline.Of(definition));
        Assert.Equal(taken, string.Join("; ", all.Except(coverage.Missing).Select(static b => b.Text)));
        Assert.Equal((all.Count, all.Count - coverage.Missing.Count), (coverage.Total, coverage.Covered));
    }

    [Theory]
    [InlineData(0, "retry of 'a'; retry of 'a' spent")]
    [InlineData(1, "retry of 'a' spent")]
    [InlineData(2, "'a' without an error")]
    public void Retries_count_until_they_are_spent(int failures, string missing)
    {
        var definition = TestWorkflow.Parse(
            "do:\n  - a:\n      try: [ { b: { call: step } } ]\n      catch: { retry: { delay: PT1S, limit: { attempt: { count: 1 } } } }\n");
        var coverage = new BranchCoverage(DefinitionOutline.Of(definition));
        var context = new FakeWorkflowContext().On("step", (_, attempt) => attempt < failures
            ? FunctionAnswer.Failure(WorkflowError.Of(StandardErrors.Communication, null))
            : FunctionAnswer.Of(JqValue.Null));

        context.Run(definition, JqValue.EmptyObject, InterpreterOptions.Default with { Observer = coverage.Note });

        Assert.Equal(missing, string.Join("; ", coverage.Missing.Select(static m => m.Text)));
    }

    [Fact]
    public void Each_of_several_events_is_a_branch()
    {
        var definition = TestWorkflow.Parse(
            "do:\n  - a:\n      listen: { to: { any: [ { with: { type: x } }, { with: { type: y } } ], until: { one: { with: { type: z } } } } }\n      foreach: { do: [ { b: { set: { n: 1 } } } ] }\n");
        var coverage = new BranchCoverage(DefinitionOutline.Of(definition));
        new FakeWorkflowContext()
            .Raise(TimeSpan.FromHours(1), TestWorkflow.Event("y", "1"))
            .Raise(TimeSpan.FromHours(2), TestWorkflow.Event("z", "2"))
            .Run(definition, JqValue.EmptyObject, InterpreterOptions.Default with { Observer = coverage.Note });

        Assert.Equal(["event x of 'a'"], coverage.Missing.Select(static m => m.Text));
    }

    [Fact]
    public void Branches_stand_where_their_words_stand()
    {
        var outline = DefinitionOutline.Of(TestWorkflow.Parse(Stories.Definition));
        Assert.Equal(
            [
                "7:5 task 'find'", "7:5 'find' without an error", "9:11 task 'ask'", "10:7 retry of 'find'", "10:7 retry of 'find' spent",
                "13:5 task 'known'", "15:11 case 'yes' of 'known'", "16:11 case 'no' of 'known'", "17:5 task 'await'", "20:5 task 'reply'",
            ],
            OutlineBranches.Of(outline).Select(static b => $"{b.Position} {b.Text}"));
    }

    [Fact]
    public void Who_watches_changes_no_decision()
    {
        var definition = TestWorkflow.Parse(Stories.Definition);
        var (watched, alone) = (Context(), Context());
        var moments = new List<RunObservation>();

        watched.Run(definition, JqValue.EmptyObject, InterpreterOptions.Default with { Observer = moments.Add });
        alone.Run(definition, JqValue.EmptyObject);

        Assert.Equal(alone.Decisions, watched.Decisions);
        Assert.Equal(
            ["/do/0/find", "/do/0/find/try/0/ask", "/do/1/known", "/do/2/await", "/do/0/find", "/do/0/find/try/0/ask", "/do/1/known", "/do/3/reply"],
            moments.Where(static m => m.Moment == RunMoment.Entered).Select(static m => m.Task));

        static FakeWorkflowContext Context() => new FakeWorkflowContext()
            .On("ask", (call, _) => FunctionAnswer.Of(call.Key.Contains('#', StringComparison.Ordinal) ? "{\"found\":true,\"text\":\"Hi\"}" : "{}"))
            .On("sendReply", "{}")
            .Raise(TimeSpan.FromHours(1), TestWorkflow.Event("word.given", "1"));
    }
}
