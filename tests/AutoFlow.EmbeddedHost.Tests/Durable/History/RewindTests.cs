using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace AutoFlow.EmbeddedHost.Tests.Durable.History;

/// <summary>What a failed instance is taken back to, and that it then goes on.</summary>
public sealed class RewindTests
{
    private static readonly TaskOptions ThreeTries = TaskOptions.FromRetryPolicy(new RetryPolicy(3, TimeSpan.FromMinutes(1)));

    [Fact]
    public async Task Only_what_failed_runs_again()
    {
        await using var app = await RewindApp.StartAsync(async context =>
            $"{await Call(context, "first")} {await Call(context, "second")} {await Call(context, "third")}");
        app.Fails("second");
        await app.FailAsync();

        var rewound = app.Rewound();
        Assert.Equal(["second"], app.Pending(rewound));
        Assert.Empty(rewound.Arrived);
        await app.RewindAsync();

        Assert.Equal("first second third", await app.OutputAsync());
        Assert.Equal(["first", "second", "second", "third"], app.Ran);
    }

    [Fact]
    public async Task Every_failed_branch_of_a_fan_out_runs_again_and_no_other()
    {
        await using var app = await RewindApp.StartAsync(async context =>
            string.Join(' ', await Task.WhenAll(new[] { "a", "b", "c", "d" }.Select(name => Call(context, name)))));
        app.Fails("b", "d");
        await app.FailAsync();

        Assert.Equal(["b", "d"], app.Pending(app.Rewound()));
        await app.RewindAsync();

        Assert.Equal("a b c d", await app.OutputAsync());
        Assert.Equal(["a", "b", "b", "c", "d", "d"], app.Ran.Order());
    }

    [Fact]
    public async Task Branches_that_went_on_beside_the_failure_do_nothing_again()
    {
        await using var app = await RewindApp.StartAsync(async context =>
            string.Join(' ', await Task.WhenAll(new[] { "a", "b", "c" }.Select(async name => $"{await Call(context, name + "1")}{await Call(context, name + "2")}"))));
        app.Fails("b1");
        await app.FailAsync();

        Assert.Equal(["b1"], app.Pending(app.Rewound()));
        await app.RewindAsync();

        Assert.Equal("a1a2 b1b2 c1c2", await app.OutputAsync());
        Assert.Equal(["a1", "a2", "b1", "b1", "b2", "c1", "c2"], app.Ran.Order());
    }

    [Fact]
    public async Task A_failure_that_the_code_dealt_with_stays()
    {
        await using var app = await RewindApp.StartAsync(async context =>
        {
            string found;
            try
            {
                found = await Call(context, "quick");
            }
            catch (TaskFailedException)
            {
                found = await Call(context, "slow");
            }

            return found + await Call(context, "last");
        });
        app.Fails("quick", "last");
        await app.FailAsync();

        Assert.Equal(["last"], app.Pending(app.Rewound()));
        await app.RewindAsync();

        Assert.Equal("slowlast", await app.OutputAsync());
        Assert.Equal(["quick", "slow", "last", "last"], app.Ran);
    }

    [Fact]
    public async Task What_the_code_did_because_of_the_failure_is_forgotten()
    {
        await using var app = await RewindApp.StartAsync(async context =>
        {
            var first = await Call(context, "first");
            try
            {
                return first + await Call(context, "second");
            }
            catch (TaskFailedException)
            {
                await Call(context, "tidy up");
                throw;
            }
        });
        app.Fails("second");
        await app.FailAsync();

        var rewound = app.Rewound();
        Assert.Equal(["second"], app.Pending(rewound));
        Assert.Equal(["tidy up"], rewound.Forgotten.OfType<TaskScheduled>().Select(task => RewindApp.Words(task.Input)));
        await app.RewindAsync();

        Assert.Equal("firstsecond", await app.OutputAsync());
        Assert.Equal(["first", "second", "tidy up", "second"], app.Ran);
    }

    [Fact]
    public async Task A_failure_inside_another_exception_is_found()
    {
        await using var app = await RewindApp.StartAsync(async context =>
        {
            try
            {
                return await Call(context, "order");
            }
            catch (TaskFailedException failed)
            {
                await Call(context, "note");
                throw new InvalidOperationException("No order.", failed);
            }
        });
        app.Fails("order");
        await app.FailAsync();

        Assert.Equal(["order"], app.Pending(app.Rewound()));
        await app.RewindAsync();

        Assert.Equal("order", await app.OutputAsync());
    }

    [Fact]
    public async Task All_attempts_of_a_retry_are_given_back()
    {
        await using var app = await RewindApp.StartAsync(async context => await Call(context, "first") + await Call(context, "flaky", ThreeTries));
        app.Fails("flaky");
        await app.FailAsync();
        Assert.Equal(["first", "flaky", "flaky", "flaky"], app.Ran);

        Assert.Equal(["flaky"], app.Pending(app.Rewound()));
        app.Fails("flaky", times: 2);
        await app.RewindAsync(mended: false);

        Assert.Equal("firstflaky", await app.OutputAsync());
        Assert.Equal(7, app.Ran.Count);
    }

    [Fact]
    public async Task Where_a_branch_worked_between_the_attempts_only_the_last_one_is_given_back()
    {
        await using var app = await RewindApp.StartAsync(async context => string.Join(' ', await Task.WhenAll(
            Call(context, "flaky", ThreeTries),
            StepsAsync(context))));
        app.Fails("flaky");
        await app.FailAsync();
        Assert.Equal(["one", "two"], app.Ran.Where(name => name != "flaky"));

        Assert.Equal(["flaky"], app.Pending(app.Rewound()));
        await app.RewindAsync();

        Assert.Equal("flaky onetwo", await app.OutputAsync());
        Assert.Equal(["one", "two"], app.Ran.Where(name => name != "flaky"));
        Assert.Equal(4, app.Ran.Count(name => name == "flaky"));

        static async Task<string> StepsAsync(TaskOrchestrationContext context)
        {
            await context.CreateTimer(TimeSpan.FromSeconds(90), CancellationToken.None);
            var one = await Call(context, "one");
            return one + await Call(context, "two");
        }
    }

    [Fact]
    public async Task What_came_after_the_failure_is_not_lost()
    {
        await using var app = await RewindApp.StartAsync(async context =>
        {
            var asked = Call(context, "ask");
            try
            {
                await asked;
            }
            catch (TaskFailedException)
            {
                await context.WaitForExternalEvent<string>("seen");
                throw;
            }

            return await context.WaitForExternalEvent<string>("answer");
        });
        app.Fails("ask");
        await app.Host.RunAsync("Flow", id: RewindApp.Id);
        await app.Host.RaiseAsync(RewindApp.Id, "answer", "blue");
        await app.Host.RaiseAsync(RewindApp.Id, "seen");
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await app.Host.GetAsync(RewindApp.Id)).RuntimeStatus);

        await app.RewindAsync();

        Assert.Equal("blue", await app.OutputAsync());
    }

    [Fact]
    public async Task A_timer_that_had_not_fired_is_set_again()
    {
        await using var app = await RewindApp.StartAsync(async context =>
        {
            var wait = context.CreateTimer(TimeSpan.FromHours(5), CancellationToken.None);
            var order = await Call(context, "order");
            await wait;
            return order;
        });
        app.Fails("order");
        await app.FailAsync();
        var due = app.Host.Time.GetUtcNow() - TimeSpan.FromHours(1) + TimeSpan.FromHours(5);

        var timer = Assert.Single(app.Rewound().Pending.OfType<TimerCreated>());
        Assert.Equal(due.UtcDateTime, timer.FireAt);
        await app.RewindAsync();

        Assert.Equal("order", await app.OutputAsync());
    }

    [Fact]
    public async Task Code_that_was_mended_goes_on_where_it_failed()
    {
        var mended = false;
        await using var app = await RewindApp.StartAsync(async context =>
        {
            var first = await Call(context, "first");
            return mended ? await Call(context, "second") : throw new NotSupportedException(first);
        });
        await app.FailAsync();

        mended = true;
        var rewound = app.Rewound();
        Assert.IsType<TaskCompleted>(Assert.Single(rewound.Arrived));
        await app.RewindAsync();

        Assert.Equal("second", await app.OutputAsync());
        Assert.Equal(["first", "second"], app.Ran);
    }

    [Fact]
    public async Task One_that_failed_before_it_waited_for_anything_begins_anew()
    {
        var mended = false;
        await using var app = await RewindApp.StartAsync(context => mended ? Task.FromResult("done") : throw new NotSupportedException());
        await app.FailAsync();

        mended = true;
        var rewound = app.Rewound();
        Assert.Empty(rewound.Turns);
        Assert.IsType<ExecutionStarted>(Assert.Single(rewound.Arrived));
        await app.RewindAsync();

        Assert.Equal("done", await app.OutputAsync());
    }

    [Fact]
    public async Task The_rewind_itself_is_in_the_history_with_its_reason()
    {
        await using var app = await RewindApp.StartAsync(context => Call(context, "a"));
        app.Fails("a");
        await app.FailAsync();

        await app.RewindAsync();

        var rewound = Assert.Single((await app.Host.Client.GetOrchestrationHistoryAsync(RewindApp.Id)).OfType<global::DurableTask.Core.History.ExecutionRewoundEvent>());
        Assert.Equal("the shop is back", rewound.Reason);
        Assert.Null((await app.Host.GetAsync(RewindApp.Id)).FailureDetails);
    }

    [Fact]
    public async Task One_that_has_not_failed_is_refused_and_one_that_nobody_knows()
    {
        await using var app = await RewindApp.StartAsync(context => Call(context, "a"));
        await app.Host.RunAsync("Flow", id: RewindApp.Id);

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Host.Client.RewindInstanceAsync(RewindApp.Id, "why"));
        Assert.Contains("Completed", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => app.Host.Client.RewindInstanceAsync("nobody", "why"));
        Assert.Throws<InvalidOperationException>(() => app.Rewound());
    }

    [Fact]
    public async Task Code_that_decides_otherwise_before_the_failure_is_refused()
    {
        var changed = false;
        await using var app = await RewindApp.StartAsync(async context =>
            await Call(context, changed ? "else" : "first", name: changed ? "Else" : "Say") + await Call(context, "second"));
        app.Fails("second");
        await app.FailAsync();

        changed = true;
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => app.Host.Client.RewindInstanceAsync(RewindApp.Id, "why"));

        Assert.Contains("did not replay as recorded", refused.Message, StringComparison.Ordinal);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await app.Host.GetAsync(RewindApp.Id)).RuntimeStatus);
    }

    internal static Task<string> Call(TaskOrchestrationContext context, string what, TaskOptions? options = null, string name = "Say")
        => context.CallActivityAsync<string>(name, what, options);
}
