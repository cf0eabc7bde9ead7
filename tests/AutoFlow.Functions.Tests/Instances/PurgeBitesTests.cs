using AutoFlow.Functions.Instances;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Functions.Tests.Instances;

/// <summary>Spans of creation time that hold nothing but what may be purged.</summary>
public sealed class PurgeBitesTests
{
    private static readonly DateTimeOffset Day = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_span_ends_where_it_has_enough_and_before_what_is_kept() => Assert.Equal(
        [(At(1), At(2)), (At(3), At(3)), (At(5), At(6)), (At(7), At(7))],
        PurgeBites.Of([(At(7), false), (At(1), false), (At(2), false), (At(3), false), (At(4), true), (At(5), false), (At(6), false)], 2));

    [Fact]
    public void What_was_created_in_one_moment_is_in_one_span_or_stays() => Assert.Equal(
        [(At(1), At(1)), (At(2), At(2))],
        PurgeBites.Of([(At(1), false), (At(1), false), (At(1), false), (At(2), false), (At(3), false), (At(3), true)], 2));

    [Fact]
    public void Nothing_that_is_kept_is_in_a_span_and_everything_else_is_in_one() => Check.QuickThrowOnFailure(Prop.ForAll<byte[], bool[], PositiveInt>((minutes, kept, most) =>
    {
        var instances = minutes.Zip(kept, (minute, keep) => (CreatedAt: At(minute % 40), Keep: keep)).ToList();
        var stays = instances.Where(one => one.Keep).Select(one => one.CreatedAt).ToHashSet();
        var bites = PurgeBites.Of(instances, most.Get);
        Assert.All(instances, one => Assert.Equal(
            stays.Contains(one.CreatedAt) ? 0 : 1, bites.Count(bite => bite.From <= one.CreatedAt && one.CreatedAt <= bite.To)));
        Assert.All(bites, bite => Assert.True(instances.Count(one => bite.From <= one.CreatedAt && one.CreatedAt < bite.To) < most.Get));
    }));

    private static DateTimeOffset At(int minute) => Day.AddMinutes(minute);
}
