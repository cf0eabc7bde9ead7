using System.Globalization;
using AutoFlow.EmbeddedHost.Triggers.Timer;
using FsCheck;
using FsCheck.Fluent;

namespace AutoFlow.EmbeddedHost.Tests.Triggers;

public sealed class NcrontabTests
{
    [Theory]
    [InlineData("0 */5 * * * *", "2026-03-02 08:01:10", "2026-03-02 08:05:00")]
    [InlineData("0 */5 * * * *", "2026-03-02 08:05:00", "2026-03-02 08:10:00")]
    [InlineData("*/5 * * * *", "2026-03-02 08:01:10", "2026-03-02 08:05:00")]
    [InlineData("*/15 * * * * *", "2026-03-02 08:00:00", "2026-03-02 08:00:15")]
    [InlineData("* * * * * *", "2026-03-02 08:00:00", "2026-03-02 08:00:01")]
    [InlineData("0 0 9-17 * * MON-FRI", "2026-03-06 17:00:00", "2026-03-09 09:00:00")]
    [InlineData("0 30 9 * jan Mon", "2026-03-02 08:00:00", "2027-01-04 09:30:00")]
    [InlineData("0 0 0 31 * *", "2026-04-01 00:00:00", "2026-05-31 00:00:00")]
    [InlineData("0 0 0 29 2 *", "2026-03-02 08:00:00", "2028-02-29 00:00:00")]
    [InlineData("0 0 0 29 2 *", "2096-03-01 00:00:00", "2104-02-29 00:00:00")]
    [InlineData("0 0 0 13 * 5", "2026-03-14 00:00:00", "2026-11-13 00:00:00")]
    [InlineData("10,20,30 59 23 31 12 *", "2026-12-31 23:59:20", "2026-12-31 23:59:30")]
    [InlineData("10,20,30 59 23 31 12 *", "2026-12-31 23:59:30", "2027-12-31 23:59:10")]
    [InlineData("0 20/20 10-12/2 * * *", "2026-03-02 10:41:00", "2026-03-02 12:20:00")]
    [InlineData("0 0 0 1 1 Sunday", "2026-03-02 08:00:00", "2034-01-01 00:00:00")]
    public void The_next_occurrence_is_the_first_match_after_the_moment(string expression, string after, string expected) =>
        Assert.Equal(Moment(expected), Ncrontab.Parse(expression).Next(Moment(after)));

    [Theory]
    [InlineData("* * * *", "has six fields")]
    [InlineData("* * * * * * *", "has six fields")]
    [InlineData("60 * * * * *", "60 is outside 0 to 59 of the field second")]
    [InlineData("0 0 24 * * *", "24 is outside 0 to 23 of the field hour")]
    [InlineData("0 0 0 0 * *", "0 is outside 1 to 31 of the field day")]
    [InlineData("0 0 0 * 13 *", "13 is outside 1 to 12 of the field month")]
    [InlineData("0 0 0 * * 7", "7 is outside 0 to 6 of the field day of week")]
    [InlineData("0 0 22-6 * * *", "runs backwards")]
    [InlineData("0 */0 * * * *", "the step in '*/0'")]
    [InlineData("0 0 0 * foo *", "'foo' is no value of the field month")]
    [InlineData("0 0 0 * * mo", "'mo' is no value of the field day of week")]
    [InlineData("0 0 0 L * *", "'L' is no value of the field day")]
    [InlineData("0 0 0 ? * *", "'?' is no value of the field day")]
    [InlineData("0 1,, * * * *", "'' is no value of the field minute")]
    [InlineData("0 0 0 30 2 *", "no day of the calendar")]
    public void What_is_no_expression_is_refused_with_the_reason(string expression, string reason) =>
        Assert.Contains(reason, Assert.Throws<FormatException>(() => Ncrontab.Parse(expression)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_next_occurrence_matches_every_field_and_nothing_lies_between() =>
        Prop.ForAll(Expressions().ToArbitrary(), Moments().ToArbitrary(), static (expression, after) =>
        {
            var cron = Ncrontab.Parse(expression);
            var next = cron.Next(after);
            var fields = expression.Split(' ');
            var matches = Matches(fields, next);

            // The seconds before it, as far back as an hour: none may match.
            var from = after > next.AddHours(-1) ? after : next.AddHours(-1);
            var skipped = false;
            for (var moment = from.AddSeconds(1); moment < next; moment = moment.AddSeconds(1))
                skipped |= Matches(fields, moment);
            return next > after && matches && !skipped;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Occurrences_do_not_depend_on_where_one_starts_between_them() =>
        Prop.ForAll(Expressions().ToArbitrary(), Moments().ToArbitrary(), static (expression, after) =>
        {
            var cron = Ncrontab.Parse(expression);
            var next = cron.Next(after);
            return cron.Next(next.AddTicks(-1)) == next && cron.Next(after + ((next - after) / 2)) == next && cron.Next(next) > next;
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0 */5 * * * *", false)]
    [InlineData("*/10 * * * * *", true)]
    [InlineData("00:00:30", true)]
    [InlineData("01:00:00", false)]
    public void Schedules_below_a_minute_are_frequent(string text, bool frequent) =>
        Assert.Equal(frequent, TimerSchedule.Parse(text).IsFrequent(Moment("2026-03-02 08:00:00")));

    [Theory]
    [InlineData("")]
    [InlineData("hourly")]
    [InlineData("00:00:00")]
    [InlineData("-01:00:00")]
    public void What_is_no_schedule_is_refused(string text) => Assert.Throws<FormatException>(() => TimerSchedule.Parse(text));

    /// <summary>An oracle that knows the syntax in its plainest form: it expands each field by counting.</summary>
    private static bool Matches(string[] fields, DateTime moment)
    {
        int[] values = [moment.Second, moment.Minute, moment.Hour, moment.Day, moment.Month, (int)moment.DayOfWeek];
        int[] minimums = [0, 0, 0, 1, 1, 0];
        return fields.Select((field, index) => field.Split(',').Any(part => Part(part, values[index], minimums[index]))).All(static match => match);

        static bool Part(string part, int value, int minimum)
        {
            var step = part.Split('/');
            var range = step[0] == "*" ? [minimum, int.MaxValue] : step[0].Split('-').Select(static text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray();
            var last = range.Length > 1 ? range[1] : step.Length > 1 ? int.MaxValue : range[0];
            var every = step.Length > 1 ? int.Parse(step[1], CultureInfo.InvariantCulture) : 1;
            return value >= range[0] && value <= last && (value - range[0]) % every == 0;
        }
    }

    private static Gen<string> Expressions() =>
        from second in Field(0, 59)
        from minute in Field(0, 59)
        from hour in Field(0, 23)
        from day in Field(1, 28)
        from month in Field(1, 12)
        from dayOfWeek in Field(0, 6)
        select $"{second} {minute} {hour} {day} {month} {dayOfWeek}";

    private static Gen<string> Field(int minimum, int maximum)
    {
        var value = Gen.Choose(minimum, maximum).Select(static number => number.ToString(CultureInfo.InvariantCulture));
        var range = from first in Gen.Choose(minimum, maximum) from last in Gen.Choose(first, maximum) select $"{first}-{last}";
        var step = from first in Gen.OneOf(Gen.Constant("*"), value, range) from every in Gen.Choose(1, 30) select $"{first}/{every}";
        var part = Gen.OneOf(Gen.Constant("*"), value, range, step);
        var list = from one in part from two in part select $"{one},{two}";
        return Gen.Frequency((3, Gen.Constant("*")), (3, part), (1, list));
    }

    private static Gen<DateTime> Moments() =>
        from seconds in Gen.Choose(0, int.MaxValue)
        from milliseconds in Gen.Choose(0, 999)
        select new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds).AddMilliseconds(milliseconds);

    private static DateTime Moment(string text) =>
        DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
