using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>The custom status is no decision: it may change without harm.</summary>
public sealed class CustomStatusReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Work"))
        .Then(Done(0)).Decides(Returned("1")))
    {
        { "set", context => WorkAsync(context, "working") },
        { "set to something else", context => WorkAsync(context, "at work") },
        { "removed", context => WorkAsync(context, null) },
        { "too long", "turn 0, step 1: expected activity 'Work' (#0), found the orchestrator's failure", context => WorkAsync(context, new string('x', 9000)) },
    };

    [Fact]
    public void It_is_the_last_one_that_was_set_also_after_a_replay()
    {
        var execution = new AutoFlow.EmbeddedHost.Durable.Execution.OrchestrationExecution(
            Past.Id, context => WorkAsync(context, "working"), Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
        Assert.Equal((false, null), execution.CustomStatus);
        var past = Past.Started().Decides(Activity(0, "Work")).Then(Done(0)).Decides(Returned("1"));
        execution.Replay(past.Turns[0]);
        Assert.Equal((true, "\"working\""), execution.CustomStatus);
        execution.Replay(past.Turns[1]);
        Assert.Equal((true, "\"done\""), execution.CustomStatus);
    }

    private static async Task<object?> WorkAsync(TaskOrchestrationContext context, string? status)
    {
        context.SetCustomStatus(status);
        await context.CallActivityAsync("Work");
        context.SetCustomStatus("done");
        return 1;
    }

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
