using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Orchestrations;
using AutoFlow.Functions.Tests.Orchestrations;
using AutoFlow.Functions.Triggers;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>What is purged of an app's instances, on the embedded engine and in virtual time.</summary>
public sealed class PurgeOldInstancesTests : IAsyncDisposable
{
    private readonly DurableApp _app = new();

    public PurgeOldInstancesTests() => _app
        .Define("quick", "    - done: { set: { ok: true } }")
        .Define("slow", "    - rest: { wait: { days: 95 } }");

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task What_ended_90_days_ago_is_purged_and_what_lives_or_ended_later_stays()
    {
        await _app.StartAsync("quick", conversation: null);
        await _app.AdvanceAsync(TimeSpan.FromSeconds(1));
        await _app.StartAsync("slow", conversation: null);
        await _app.AdvanceAsync(TimeSpan.FromDays(89));
        await PurgeAsync();
        Assert.Equal(["quick~m-1", "slow~m-1"], await _app.RunsAsync());

        await _app.AdvanceAsync(TimeSpan.FromDays(1) + TimeSpan.FromMinutes(1));
        await PurgeAsync();
        Assert.Equal(["slow~m-1"], await _app.RunsAsync());
        Assert.Equal(OrchestrationRuntimeStatus.Running, await _app.StatusAsync("slow~m-1"));

        // It ends, and is looked at for as long as any other.
        await _app.AdvanceAsync(TimeSpan.FromDays(10));
        await PurgeAsync();
        Assert.Equal(OrchestrationRuntimeStatus.Completed, await _app.StatusAsync("slow~m-1"));
        await _app.AdvanceAsync(TimeSpan.FromDays(90));
        await PurgeAsync();
        Assert.Empty(await _app.RunsAsync());
    }

    [Fact]
    public async Task Failed_and_terminated_ones_are_purged_too_and_others_of_the_same_age_stay()
    {
        await _app.StartAsync("slow", conversation: null);
        await _app.AdvanceAsync(TimeSpan.FromSeconds(1));
        for (var number = 0; number < 1_200; number++)
        {
            await _app.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RunWorkflow), null, new StartOrchestrationOptions($"broken-{number}"));
            if (number % 100 == 0) await _app.AdvanceAsync(TimeSpan.FromMinutes(1));
        }

        await _app.AdvanceAsync(TimeSpan.FromDays(1));
        await _app.Client.TerminateInstanceAsync("slow~m-1");
        await _app.AdvanceAsync(TimeSpan.FromDays(89) + TimeSpan.FromHours(23));
        await PurgeAsync();
        Assert.Equal(["slow~m-1"], await _app.RunsAsync());
        await _app.AdvanceAsync(TimeSpan.FromHours(2));
        await PurgeAsync();
        Assert.Empty(await _app.RunsAsync());
    }

    [Fact]
    public async Task With_0_nothing_is_purged()
    {
        await _app.StartAsync("quick", conversation: null);
        await _app.AdvanceAsync(TimeSpan.FromDays(1_000));
        await PurgeAsync(TimeSpan.Zero);
        Assert.Equal(["quick~m-1"], await _app.RunsAsync());
    }

    [Fact]
    public async Task A_backend_that_cannot_purge_is_no_failure_of_the_timer()
    {
        var settings = Options.Create(new WorkflowSettings());
        await new PurgeOldInstances(settings, _app.Time, NullLogger<PurgeOldInstances>.Instance).Run(new TimerInfo(), new Fakes.FakeDurable(new Fakes.Gate()), default);
    }

    [Theory]
    [InlineData("90.00:00:00", null)]
    [InlineData("0", null)]
    [InlineData("1", null)]
    [InlineData("23:59:59", "Workflows:KeepInstancesFor is from a day to 36500 days (a hundred years), for example 90.00:00:00 for 90 days, or 0 to keep finished instances for ever.")]
    [InlineData("36500", null)]
    [InlineData("36501", "Workflows:KeepInstancesFor is from a day to 36500 days (a hundred years), for example 90.00:00:00 for 90 days, or 0 to keep finished instances for ever.")]
    [InlineData("10675199", "Workflows:KeepInstancesFor is from a day to 36500 days (a hundred years), for example 90.00:00:00 for 90 days, or 0 to keep finished instances for ever.")]
    [InlineData("-1", "Workflows:KeepInstancesFor is from a day to 36500 days (a hundred years), for example 90.00:00:00 for 90 days, or 0 to keep finished instances for ever.")]
    public void The_setting_is_from_a_day_to_a_hundred_years_or_0(string given, string? mistake)
    {
        var services = new ServiceCollection();
        WorkflowSettings.Register(services, new ConfigurationBuilder().AddInMemoryCollection([new("Workflows:KeepInstancesFor", given)]).Build());
        using var provider = services.BuildServiceProvider();
        var read = Record.Exception(() => provider.GetRequiredService<IOptions<WorkflowSettings>>().Value);
        Assert.Equal(mistake, read?.Message);
    }

    private Task PurgeAsync(TimeSpan? keep = null)
    {
        var settings = new WorkflowSettings();
        if (keep is { } given) settings.KeepInstancesFor = given;
        return new PurgeOldInstances(Options.Create(settings), _app.Time, NullLogger<PurgeOldInstances>.Instance).Run(new TimerInfo(), _app.Client, default);
    }
}
