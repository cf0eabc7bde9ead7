using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using AutoFlow.Tests;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class TimerFunctionTests
{
    private static readonly DateTime Eight = new(2026, 3, 2, 8, 0, 0, DateTimeKind.Utc);

    public sealed class Hourly(Probe probe)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("%HourlySchedule%")] TimerInfo timer) => probe.Tell(Text(timer));
    }

    public sealed class AtStart(Probe probe)
    {
        [Function("AtStart")]
        public void Run([TimerTrigger("0 0 * * * *", RunOnStartup = true, UseMonitor = false)] TimerInfo timer) => probe.Tell(Text(timer));
    }

    public sealed class Failing(Probe probe)
    {
        [Function("Failing")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer)
        {
            probe.Tell("ran");
            throw new InvalidOperationException(timer.IsPastDue.ToString());
        }
    }

    [Fact]
    public async Task A_timer_runs_at_each_occurrence()
    {
        var (probe, time) = (new Probe(), new VirtualTime());
        await using var host = await TestHost.StartAsync(Setup(probe, time), typeof(Hourly));

        await WaitsUntil(time, 9);
        Assert.True(probe.IsSilent);
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(probe.IsSilent);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("last - next 09:00 due", await probe.NextAsync());
        await WaitsUntil(time, 10);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("last 09:00 next 10:00 due", await probe.NextAsync());
    }

    [Fact]
    public async Task An_occurrence_missed_while_the_host_was_down_runs_once()
    {
        var folder = Directory.CreateTempSubdirectory("timer-");
        var (probe, time) = (new Probe(), new VirtualTime());
        var setup = Setup(probe, time) with { Database = Path.Combine(folder.FullName, "host.db") };
        await using (await TestHost.StartAsync(setup, typeof(Hourly)))
            Assert.True(probe.IsSilent);

        time.Advance(TimeSpan.FromHours(5) + TimeSpan.FromMinutes(30));
        await using (await TestHost.StartAsync(setup, typeof(Hourly)))
        {
            Assert.Equal("last - next 09:00 past due", await probe.NextAsync());
            await WaitsUntil(time, 14);
            Assert.True(probe.IsSilent);
            time.Advance(TimeSpan.FromMinutes(30));
            Assert.Equal("last 13:30 next 14:00 due", await probe.NextAsync());
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_timer_runs_at_start_when_told_to_and_has_no_status_without_a_monitor()
    {
        var (probe, time) = (new Probe(), new VirtualTime());
        await using var host = await TestHost.StartAsync(Setup(probe, time), typeof(AtStart));

        Assert.Equal("no status due", await probe.NextAsync());
        await WaitsUntil(time, 9);
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal("no status due", await probe.NextAsync());
    }

    [Fact]
    public async Task A_failure_does_not_stop_the_schedule()
    {
        var (probe, time) = (new Probe(), new VirtualTime());
        await using var host = await TestHost.StartAsync(Setup(probe, time), typeof(Failing));

        for (var hour = 9; hour < 12; hour++)
        {
            await WaitsUntil(time, hour);
            time.Advance(TimeSpan.FromHours(1));
            Assert.Equal("ran", await probe.NextAsync());
        }
    }

    [Fact]
    public void A_changed_schedule_starts_afresh_and_is_not_past_due()
    {
        var stored = new ScheduleStatus { Last = Eight, Next = Eight.AddHours(1), LastUpdated = Eight };
        var everyTen = TimerSchedule.Parse("0 */10 * * * *");

        var plan = TimerPlan.AtStart(everyTen, stored, Eight.AddHours(3));

        Assert.False(plan.IsPastDue);
        Assert.Equal(Eight.AddHours(3).AddMinutes(10), plan.Status.Next);
        Assert.True(TimerPlan.AtStart(everyTen, plan.Status, Eight.AddHours(4)).IsPastDue);
    }

    [Fact]
    public void A_timer_that_fires_a_little_early_does_not_fire_twice()
    {
        var hourly = TimerSchedule.Parse("0 0 * * * *");
        var before = new ScheduleStatus { Last = Eight, Next = Eight.AddHours(1), LastUpdated = Eight };

        var after = TimerPlan.AfterRun(hourly, before, Eight.AddHours(1).AddMilliseconds(-3), scheduled: true);

        Assert.Equal(Eight.AddHours(2), after.Next);
    }

    /// <summary>Waits until the host sleeps until an hour of the first day: the next wait begins only after a run has been noted.</summary>
    private static async Task WaitsUntil(VirtualTime time, int hour)
    {
        var due = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).AddHours(hour);
        using var patience = new CancellationTokenSource(TestHost.Patience);
        while (!time.HasTimerAt(due))
            await Task.Delay(10, patience.Token);
    }

    private static string Text(TimerInfo timer)
    {
        var due = timer.IsPastDue ? "past due" : "due";
        return timer.ScheduleStatus is { } status
            ? $"last {(status.Last == default ? "-" : status.Last.ToString("HH:mm", null))} next {status.Next:HH:mm} {due}"
            : $"no status {due}";
    }

    private static TestHostSetup Setup(Probe probe, VirtualTime time) => new()
    {
        Time = time,
        Args = ["--HourlySchedule", "0 0 * * * *"],
        Configure = builder => builder.Services.AddSingleton(probe),
    };
}
