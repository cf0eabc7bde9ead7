using AutoFlow.SampleShop.Clock;
using AutoFlow.SampleShop.State;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Connectors.Tests.Shop;

public sealed class ShopClockTests : IDisposable
{
    private static readonly DateTimeOffset Epoch = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("clock-").FullName;
    private readonly ManualTime time = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void It_stands_still_until_it_is_told_to_run()
    {
        using var clock = Open(Epoch);
        time.Advance(TimeSpan.FromDays(3));
        Assert.Equal(Epoch, clock.GetUtcNow());
    }

    [Fact]
    public void It_runs_as_fast_as_it_is_told()
    {
        using var clock = Open(Epoch);
        clock.Run(3600);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Epoch.AddHours(10), clock.GetUtcNow());
        clock.Run(0);
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Epoch.AddHours(10), clock.GetUtcNow());
    }

    [Fact]
    public void The_first_start_without_an_epoch_makes_now_the_epoch_and_keeps_it()
    {
        using (var first = Open(null))
            Assert.Equal(time.GetUtcNow(), first.Epoch);
        time.Advance(TimeSpan.FromDays(1));
        using var second = Open(Epoch);
        Assert.Equal(time.GetUtcNow().AddDays(-1), second.Epoch);
        Assert.Equal(second.Epoch, second.GetUtcNow());
    }

    [Fact]
    public void An_orderly_restart_goes_on_at_the_very_moment_and_at_the_same_speed()
    {
        using (var first = Open(Epoch))
        {
            first.Run(60);
            time.Advance(TimeSpan.FromMinutes(2));
        }

        time.Advance(TimeSpan.FromHours(5));
        using var second = Open(null);
        Assert.Equal(Epoch.AddHours(2), second.GetUtcNow());
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Epoch.AddHours(3), second.GetUtcNow());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_speed_that_makes_no_sense_is_refused(double speed)
    {
        using var clock = Open(Epoch);
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Run(speed));
    }

    [Fact]
    public void It_never_goes_back_whatever_is_killed_and_when()
    {
        var act = Gen.OneOf(
            Gen.Choose(0, 5000).Select(ms => (Act)new Pass(TimeSpan.FromMilliseconds(ms))),
            Gen.Elements(0, 1, 60, 3600, 86400).Select(speed => (Act)new Speed(speed)),
            Gen.Constant<Act>(new Kill()),
            Gen.Constant<Act>(new Read()));
        Prop.ForAll(act.ListOf().ToArbitrary(), acts =>
        {
            var file = Path.Combine(folder, Guid.NewGuid().ToString("N"));
            var clock = new ShopClock(new StateFile<ClockState>(file), Epoch, time);
            var latest = clock.GetUtcNow();
            foreach (var one in acts)
            {
                if (one is Pass pass)
                    time.Advance(pass.By);
                if (one is Speed speed)
                    clock.Run(speed.Value);
                if (one is Kill)
                    clock = new ShopClock(new StateFile<ClockState>(file), null, time); // the old one is never told to stop
                var now = clock.GetUtcNow();
                if (now < latest)
                    return false;
                latest = now;
            }

            return true;
        }).QuickCheckThrowOnFailure();
    }

    private ShopClock Open(DateTimeOffset? epoch) => new(new StateFile<ClockState>(Path.Combine(folder, "clock.json")), epoch, time);

    private abstract record Act;

    private sealed record Pass(TimeSpan By) : Act;

    private sealed record Speed(double Value) : Act;

    private sealed record Kill : Act;

    private sealed record Read : Act;
}
