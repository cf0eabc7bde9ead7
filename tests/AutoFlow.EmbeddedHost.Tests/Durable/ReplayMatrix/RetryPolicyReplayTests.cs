using Microsoft.DurableTask;
using static AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix.Events;

namespace AutoFlow.EmbeddedHost.Tests.Durable.ReplayMatrix;

/// <summary>An activity that a policy tries three times, with waits of one and two hours, and that succeeds the third time.</summary>
public sealed class RetryPolicyReplayTests
{
    private static readonly ReplayTable Table = new(Past.Started()
        .Decides(Activity(0, "Flaky", "7"))
        .Then(Broke(0)).Decides(Timer(1, 2))
        .Then(Fired(1)).Decides(Activity(2, "Flaky", "7"))
        .Then(Broke(2)).Decides(Timer(3, 4))
        .Then(Fired(3)).Decides(Activity(4, "Flaky", "7"))
        .Then(Done(4, "8")).Decides(Returned("8")))
    {
        { "unchanged", context => CallAsync(context, new RetryPolicy(3, TimeSpan.FromHours(1), 1, TimeSpan.FromHours(9))) },
        { "more attempts allowed", context => CallAsync(context, new RetryPolicy(9, TimeSpan.FromHours(1), 1, TimeSpan.FromHours(9))) },
        { "by hand instead of by the policy", async context =>
            {
                for (var attempt = 1; ; attempt++)
                {
                    try
                    {
                        return await context.CallActivityAsync<int>("Flaky", 7);
                    }
                    catch (TaskFailedException) when (attempt < 3)
                    {
                        await context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
                    }
                }
            }
        },
        { "fewer attempts", "turn 3, step 1: expected a timer (#3), found the orchestrator's failure", context =>
            CallAsync(context, new RetryPolicy(2, TimeSpan.FromHours(1)))
        },
        { "no attempts after a time", "turn 3, step 1: expected a timer (#3), found the orchestrator's failure", context =>
            CallAsync(context, new RetryPolicy(3, TimeSpan.FromHours(1), retryTimeout: TimeSpan.FromHours(2)))
        },
        { "the failure is refused now", "turn 1, step 1: expected a timer (#1), found the orchestrator's failure", context =>
            CallAsync(context, new RetryPolicy(3, TimeSpan.FromHours(1)) { HandleFailure = failure => failure.IsCausedBy<ArgumentException>() })
        },
        { "no policy", "turn 1, step 1: expected a timer (#1), found the orchestrator's failure", async context => await context.CallActivityAsync<int>("Flaky", 7) },
        { "by a handler without waits", "turn 1, step 1: expected a timer (#1), found activity 'Flaky' (#1)", async context =>
            await context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryHandler(_ => true))
        },
        { "a task added beside", "turn 0, step 2: expected nothing more in this turn, found activity 'New' (#1)", async context =>
            {
                var flaky = CallAsync(context, new RetryPolicy(3, TimeSpan.FromHours(1)));
                _ = context.CallActivityAsync("New");
                return await flaky;
            }
        },
    };

    [Fact]
    public void The_waits_follow_the_policy()
    {
        var past = Past.Started().Decides(Activity(0, "Flaky", "7")).Then(Broke(0)).Decides(Timer(1, 1.5)).Then(Fired(1)).Decides(Activity(2, "Flaky", "7"))
            .Then(Broke(2)).Decides(Timer(3, 4)).Then(Fired(3)).Decides(Activity(4, "Flaky", "7"))
            .Then(Broke(4)).Decides(Timer(5, 6.25)).Then(Fired(5)).Decides(Activity(6, "Flaky", "7"))
            .Then(Broke(6)).Decides(Failed("Flaky", 6, Failure<TimeoutException>("no")));
        var table = new ReplayTable(past)
        {
            { "half an hour, doubled, an hour and a quarter at most", context => CallAsync(context, new RetryPolicy(4, TimeSpan.FromHours(0.5), 2, TimeSpan.FromHours(1.25))) },
        };
        table.Check("half an hour, doubled, an hour and a quarter at most");
    }

    private static async Task<object?> CallAsync(TaskOrchestrationContext context, RetryPolicy policy)
        => await context.CallActivityAsync<int>("Flaky", 7, TaskOptions.FromRetryPolicy(policy));

    public static TheoryData<string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public void Replay_gives(string row) => Table.Check(row);
}
