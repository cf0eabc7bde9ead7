using AutoFlow.Workflows.Model;
using AutoFlow.Workflows.Parsing;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.Workflows.Tests.Schedule;

public class CronScheduleTests
{
    private static CronSchedule Cron(string text)
    {
        var (schedule, error) = CronReader.Read(text);
        Assert.Null(error);
        return schedule!;
    }

    private static string Next(string cron, string after) =>
        Cron(cron).Next(DateTimeOffset.Parse(after, System.Globalization.CultureInfo.InvariantCulture))!.Value.ToString("yyyy-MM-dd'T'HH:mm:sszzz", null);

    [Theory]
    [InlineData("0 0 * * *", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00+00:00")]
    [InlineData("0 0 * * *", "2025-12-31T23:59:59.999Z", "2026-01-01T00:00:00+00:00")]
    [InlineData("*/15 9-17 * * mon-fri", "2026-01-02T17:45:00Z", "2026-01-05T09:00:00+00:00")]
    [InlineData("5,10 * * * *", "2026-01-01T00:07:30Z", "2026-01-01T00:10:00+00:00")]
    [InlineData("10-50/20 3 * JAN,Jul *", "2026-01-31T03:50:00Z", "2026-07-01T03:10:00+00:00")]
    [InlineData("0 0 29 2 *", "2096-03-01T00:00:00Z", "2104-02-29T00:00:00+00:00")]
    [InlineData("0 12 1 * 0", "2026-01-01T12:00:00Z", "2026-01-04T12:00:00+00:00")]
    [InlineData("0 12 */2 * 1", "2026-01-01T12:00:00Z", "2026-01-05T12:00:00+00:00")]
    [InlineData("0 0 * * 7", "2026-01-01T00:00:00Z", "2026-01-04T00:00:00+00:00")]
    [InlineData("0 0 * * sat-sun", "2026-01-03T00:00:00Z", "2026-01-04T00:00:00+00:00")]
    [InlineData("@daily", "2026-01-01T05:00:00+07:00", "2026-01-01T00:00:00+00:00")]
    [InlineData("@hourly", "2026-01-01T05:00:00Z", "2026-01-01T06:00:00+00:00")]
    [InlineData("@Weekly", "2026-01-01T05:00:00Z", "2026-01-04T00:00:00+00:00")]
    [InlineData("@monthly", "2026-01-01T05:00:00Z", "2026-02-01T00:00:00+00:00")]
    [InlineData(" @yearly ", "2026-01-01T05:00:00Z", "2027-01-01T00:00:00+00:00")]
    public void The_next_time_is_the_first_after(string cron, string after, string expected) => Assert.Equal(expected, Next(cron, after));

    [Fact]
    public void The_end_of_the_calendar_is_no_error()
    {
        Assert.Null(Cron("* * * * *").Next(DateTimeOffset.MaxValue));
        Assert.Null(Cron("0 0 1 2 *").Next(new DateTimeOffset(9999, 3, 1, 0, 0, 0, TimeSpan.Zero)));
    }

    [Fact]
    public void The_next_time_is_what_a_walk_through_the_minutes_finds() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Case.ToArbitrary(), static random =>
        {
            var schedule = Cron(random.Cron);
            var expected = Walked(random.Fields, random.Start);
            var actual = schedule.Next(random.Start);
            if (expected is null) Assert.True(actual > random.Start.AddDays(Days - 1), random.Cron);
            else Assert.Equal(expected, actual);
        }));

    [Fact]
    public void Each_next_time_comes_after_the_one_before() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(50), Prop.ForAll(Case.ToArbitrary(), static random =>
        {
            var schedule = Cron(random.Cron);
            var before = random.Start;
            for (var i = 0; i < 50; i++)
            {
                var next = schedule.Next(before)!.Value;
                Assert.True(next > before && next.Ticks % TimeSpan.TicksPerMinute == 0);
                Assert.Equal(next, schedule.Next(next.AddTicks(-1)));
                before = next;
            }
        }));

    [Theory]
    [InlineData("* * * *", 0, "a cron expression has 5 fields (minute, hour, day of the month, month, day of the week), not 4", "as 0 9 * * mon-fri, at 9:00 UTC on weekdays")]
    [InlineData("0 * * * * *", 0, "a cron expression has 5 fields (minute, hour, day of the month, month, day of the week), not 6", "leave the field for seconds out")]
    [InlineData("", 0, "a cron expression has 5 fields (minute, hour, day of the month, month, day of the week), not 0", "as 0 9 * * mon-fri, at 9:00 UTC on weekdays")]
    [InlineData("60 * * * *", 0, "minute: '60' is not in 0 to 59", null)]
    [InlineData("0 0,24 * * *", 4, "hour: '24' is not in 0 to 23", null)]
    [InlineData("0 0 0 * *", 4, "day of the month: '0' is not in 1 to 31", null)]
    [InlineData("0 0 1 jna *", 6, "month: 'jna' is not in 1 to 12 or jan to dec", "did you mean 'jan'?")]
    [InlineData("0 0 * * fri-mon", 8, "day of the week: 'fri-mon' goes backwards", "write fri-7,0-mon")]
    [InlineData("5/10 * * * *", 0, "minute: '5/10' steps through one value only", "write 5-59/10")]
    [InlineData("*/0 * * * *", 0, "minute: '*/0' has no whole number from 1 to 59 after its '/'", null)]
    [InlineData("1-59/2147483647 * * * *", 0, "minute: '1-59/2147483647' has no whole number from 1 to 59 after its '/'", null)]
    [InlineData("0 */24 * * *", 2, "hour: '*/24' has no whole number from 1 to 23 after its '/'", null)]
    [InlineData("1-2-3 * * * *", 0, "minute: '1-2-3' is not in 0 to 59", null)]
    [InlineData("0 0 L * *", 4, "day of the month: 'L' is not in 1 to 31", null)]
    [InlineData("0 0 30 2 *", 4, "'0 0 30 2 *' never comes: no such day is in these months", null)]
    [InlineData("0 0 31 4,6,9,11 *", 4, "'0 0 31 4,6,9,11 *' never comes: no such day is in these months", null)]
    [InlineData("@dayly", 0, "unknown schedule '@dayly'", "did you mean '@daily'?")]
    public void A_wrong_expression_says_what_and_where(string cron, int offset, string message, string? hint) =>
        Assert.Equal(new CronError(offset, message, hint), CronReader.Read(cron).Error);

    private const int Days = 20;

    private sealed record CronCase(string Cron, string[] Fields, DateTimeOffset Start);

    private static Gen<CronCase> Case =>
        from minute in Field(0, 59)
        from hour in Field(0, 23)
        from day in Gen.Elements(Gen.Constant("*"), Gen.Constant("*"), Field(1, 28)).SelectMany(static g => g)
        from month in Gen.Elements(Gen.Constant("*"), Gen.Constant("*"), Field(1, 12)).SelectMany(static g => g)
        from weekday in Gen.Elements(Gen.Constant("*"), Gen.Constant("*"), Field(0, 7)).SelectMany(static g => g)
        from start in Gen.Choose(0, 6_000_000)
        from seconds in Gen.Choose(0, 59)
        select new CronCase(
            $"{minute} {hour} {day} {month} {weekday}",
            [minute, hour, day, month, weekday],
            new DateTimeOffset(2023, 12, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(start).AddSeconds(seconds));

    private static Gen<string> Field(int lowest, int highest)
    {
        var value = Gen.Choose(lowest, highest);
        var range = from a in value from b in value select $"{Math.Min(a, b)}-{Math.Max(a, b)}";
        return Gen.OneOf(
            Gen.Constant("*"),
            from step in Gen.Choose(1, Math.Min(9, highest)) select $"*/{step}",
            value.Select(static v => $"{v}"),
            from r in range from step in Gen.Choose(1, 4) select $"{r}/{step}",
            from a in value from r in range select $"{a},{r}");
    }

    /// <summary>The rule of crontab(5), minute by minute and by the text alone.</summary>
    private static DateTimeOffset? Walked(string[] fields, DateTimeOffset after)
    {
        var at = after.AddTicks(-(after.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        for (var end = at.AddDays(Days); at < end; at = at.AddMinutes(1))
        {
            var ofMonth = Allows(fields[2], at.Day, 31);
            var ofWeek = Allows(fields[4], (int)at.DayOfWeek, 7) || (at.DayOfWeek == 0 && Allows(fields[4], 7, 7));
            var day = fields[2][0] == '*' || fields[4][0] == '*' ? ofMonth && ofWeek : ofMonth || ofWeek;
            if (day && Allows(fields[0], at.Minute, 59) && Allows(fields[1], at.Hour, 23) && Allows(fields[3], at.Month, 12)) return at;
        }

        return null;

        static bool Allows(string field, int value, int highest) => field.Split(',').Any(part =>
        {
            var (range, step) = part.Split('/') is [var before, var by] ? (before, int.Parse(by, null)) : (part, 1);
            var lowest = highest is 31 or 12 ? 1 : 0;
            var (first, last) = range == "*" ? (lowest, highest) : range.Split('-') is [var a, var b] ? (int.Parse(a, null), int.Parse(b, null)) : (int.Parse(range, null), int.Parse(range, null));
            return value >= first && value <= last && (value - first) % step == 0;
        });
    }
}
