using AutoFlow.Workflows.Execution;
using AutoFlow.Workflows.Jq;
using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Testing;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Replay;

public class ReplayTests
{
    [Fact]
    public void A_run_that_is_cut_after_any_step_and_replayed_decides_the_same() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(RandomWorkflow.Generator.ToArbitrary(), static random =>
        {
            var definition = TestWorkflow.Parse(random.Body);
            var whole = Context(random, []);
            var expected = Run(random, whole, definition);
            Assert.DoesNotContain("the interpreter failed", expected.Error?.Detail ?? "", StringComparison.Ordinal);
            for (var cut = 0; cut <= whole.History.Count; cut++)
            {
                var again = Context(random, [.. whole.History.Take(cut)], cut == whole.History.Count);
                var result = Run(random, again, definition);
                Assert.Equal(whole.Decisions, again.Decisions);
                Assert.Equal(whole.History, again.History);
                Assert.Equal(whole.Statuses.Count, again.Statuses.Count);
                Assert.Equal(expected.Output, result.Output);
                Assert.Equal(expected.Error, result.Error);
                Assert.Equal(expected.ConsumedEvents, result.ConsumedEvents);
            }
        }));

    [Fact]
    public void No_two_occurrences_of_a_call_share_a_key_unless_one_is_tried_again() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(RandomWorkflow.Generator.ToArbitrary(), static random =>
        {
            var withoutRetry = random.Body.Replace("count: 2", "count: 0", StringComparison.Ordinal).Replace("count: 1", "count: 0", StringComparison.Ordinal);
            var context = Context(random, []);
            Run(random, context, TestWorkflow.Parse(withoutRetry));
            Assert.Distinct(context.Calls.Select(static c => c.Key).Concat(context.Children.Select(static c => c.Key)));
        }));

    [Fact]
    public void No_event_is_consumed_twice_by_branches_that_listen_beside_each_other() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(100), Prop.ForAll(RandomWorkflow.Generator.ToArbitrary(), static random =>
            Assert.Distinct(Run(random, Context(random, []), TestWorkflow.Parse(random.Body)).ConsumedEvents)));

    private static WorkflowResult Run(RandomWorkflow random, FakeWorkflowContext context, WorkflowDefinition definition) => context.Run(
        definition,
        JqValue.Parse("""{"n":0}"""),
        new InterpreterOptions { MaxTaskExecutions = 300, Lifecycle = (LifecycleScope)(random.Seed % 3) });

    /// <summary>A context that breaks ties by the seed; a replay has its ties broken by what was recorded.</summary>
    private static FakeWorkflowContext Context(RandomWorkflow random, IReadOnlyList<FakeStep> replay, bool replayIsWhole = false)
    {
        var picked = 0;
        var context = new FakeWorkflowContext(replay: replay, choose: count => replayIsWhole ? 0 : Pick(random.Seed, picked++ + replay.Count, count)) { DurableEvents = random.Seed % 2 == 0 }
            .OnWorkflow("child", child => Answer(random.Answers[child.Key.Length % random.Answers.Count], child.Key))
            .On("step", (call, attempt) => Answer(random.Answers[(call.Key.Length + attempt) % random.Answers.Count], call.Key));
        foreach (var (index, (minutes, type)) in random.Events.Index())
            context.Raise(TimeSpan.FromMinutes(minutes), TestWorkflow.Event(type, $"{index}", $"{minutes % 3}"));
        return context;
    }

    private static int Pick(int seed, int step, int count) => (int)((uint)HashCode.Combine(seed, step) % (uint)count);

    private static FunctionAnswer Answer(int choice, string key) => choice switch
    {
        0 => FunctionAnswer.Failure(new WorkflowError(StandardErrors.Communication.Type, 503)),
        1 => FunctionAnswer.Of("""{"n":3}""") with { Takes = TimeSpan.FromMinutes(4) },
        2 => FunctionAnswer.Of("""{"n":"text"}"""),
        _ => FunctionAnswer.Of(JqValue.FromObject(("n", JqValue.From(choice)), ("key", JqValue.From(key)))),
    };
}
