using AutoFlow.EmbeddedHost.Tests.Hosting;
using AutoFlow.EmbeddedHost.Tests.Triggers;
using AutoFlow.Tests;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Tests.Strict;

public sealed class TimerStatusTests
{
    public sealed class Hourly(Probe probe)
    {
        [Function("Hourly")]
        public void Run([TimerTrigger("0 0 * * * *")] TimerInfo timer) => probe.Tell($"{timer.ScheduleStatus is null} {timer.IsPastDue}");
    }

    [Fact]
    public async Task A_timer_learns_nothing_of_its_schedule()
    {
        var (probe, time) = (new Probe(), new VirtualTime());
        await using var host = await TestHost.StartAsync(Faults.Host(Faults.None, probe, time), typeof(Hourly));

        time.Advance(TimeSpan.FromHours(1));

        Assert.Equal("True False", await probe.NextAsync());
    }
}
