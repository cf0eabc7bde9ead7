using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using static AutoFlow.EmbeddedHost.Tests.Durable.History.RewindTests;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>Rewinding a caller rewinds the children that failed it.</summary>
public sealed class RewindChildTests
{
    [Fact]
    public async Task A_failed_child_goes_on_where_it_failed()
    {
        await using var app = await RewindApp.StartAsync(
            async context => await Call(context, "before") + await Child(context, "c"),
            async context => await Call(context, "one") + await Call(context, "two"));
        app.Fails("two");
        await app.FailAsync();

        Assert.Equal("c", Assert.Single(app.Rewound().Pending.OfType<ChildScheduled>()).InstanceId);
        await app.RewindAsync();

        Assert.Equal("beforeonetwo", await app.OutputAsync());
        Assert.Equal(["before", "one", "two", "two"], app.Ran);
    }

    [Fact]
    public async Task A_child_that_completed_after_its_caller_failed_answers_again()
    {
        await using var app = await RewindApp.StartAsync(
            async context =>
            {
                var child = Child(context, "c");
                var own = await Call(context, "own");
                return own + await child;
            },
            context => context.WaitForExternalEvent<string>("go"));
        app.Fails("own");
        await app.FailAsync();
        await app.Host.RaiseAsync("c", "go", "went");

        await app.RewindAsync();

        Assert.Equal("ownwent", await app.OutputAsync());
    }

    [Fact]
    public async Task A_child_that_still_runs_is_waited_for_again()
    {
        await using var app = await RewindApp.StartAsync(
            async context =>
            {
                var child = Child(context, "c");
                var own = await Call(context, "own");
                return own + await child;
            },
            context => context.WaitForExternalEvent<string>("go"));
        app.Fails("own");
        await app.FailAsync();

        await app.RewindAsync();
        await app.Host.RaiseAsync("c", "go", "went");

        Assert.Equal("ownwent", await app.OutputAsync());
    }

    [Fact]
    public async Task A_child_that_was_purged_is_started_anew()
    {
        await using var app = await RewindApp.StartAsync(context => Child(context, "c"), context => Call(context, "one"));
        app.Fails("one");
        await app.FailAsync();
        await app.Host.Client.PurgeInstanceAsync("c");

        await app.RewindAsync();

        Assert.Equal("one", await app.OutputAsync());
    }

    [Fact]
    public async Task All_attempts_of_a_retried_child_are_given_back_and_its_last_run_goes_on()
    {
        await using var app = await RewindApp.StartAsync(
            context => Child(context, "c", new RetryPolicy(2, TimeSpan.FromMinutes(1))),
            async context => await Call(context, "one") + await Call(context, "two"));
        app.Fails("two");
        await app.FailAsync();
        Assert.Equal(["one", "two", "one", "two"], app.Ran);

        app.Fails("two", times: 1);
        await app.RewindAsync(mended: false);

        // The last run goes on and fails once more; the attempt that is left begins from the start.
        Assert.Equal("onetwo", await app.OutputAsync());
        Assert.Equal(["one", "two", "one", "two", "two", "one", "two"], app.Ran);
    }

    [Fact]
    public async Task A_child_alone_can_be_rewound()
    {
        await using var app = await RewindApp.StartAsync(
            async context =>
            {
                try
                {
                    return await Child(context, "c");
                }
                catch (TaskFailedException)
                {
                    return await context.WaitForExternalEvent<string>("done");
                }
            },
            context => Call(context, "one"));
        app.Fails("one");
        await app.Host.RunAsync("Flow", id: RewindApp.Id);
        app.Fails("one", times: 0);

        await app.Host.Client.RewindInstanceAsync("c", "why");
        await app.Host.IdleAsync();

        Assert.Equal("one", (await app.Host.GetAsync("c")).ReadOutputAs<string>());
        await app.Host.RaiseAsync(RewindApp.Id, "done", "by hand");
        Assert.Equal("by hand", await app.OutputAsync());
    }

    private static Task<string> Child(TaskOrchestrationContext context, string id, RetryPolicy? retry = null)
        => context.CallSubOrchestratorAsync<string>("Child", null, new SubOrchestrationOptions(retry is null ? null : new TaskRetryOptions(retry), id));
}
