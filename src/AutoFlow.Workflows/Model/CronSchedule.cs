using System.Numerics;

namespace AutoFlow.Workflows.Model;

/// <summary>
/// The minutes that a cron expression names, in UTC. Pure and immutable. A day counts by crontab(5): when both the day of the month
/// and the day of the week are restricted (neither begins with <c>*</c>) either of them is enough, else both must fit.
/// </summary>
public sealed class CronSchedule
{
    /// <summary>The Gregorian calendar repeats after this many years, with the same days of the week.</summary>
    private const int CalendarYears = 400;

    private readonly ulong _minutes;
    private readonly ulong _hours;
    private readonly ulong _days;
    private readonly ulong _months;
    private readonly ulong _weekdays;
    private readonly bool _eitherDay;

    /// <param name="minutes">Bits 0 to 59.</param>
    /// <param name="hours">Bits 0 to 23.</param>
    /// <param name="days">Bits 1 to 31.</param>
    /// <param name="months">Bits 1 to 12.</param>
    /// <param name="weekdays">Bits 0 (Sunday) to 6.</param>
    /// <param name="eitherDay">Whether a fitting day of the month or of the week is enough.</param>
    internal CronSchedule(string text, ulong minutes, ulong hours, ulong days, ulong months, ulong weekdays, bool eitherDay)
    {
        (Text, _minutes, _hours, _days, _months, _weekdays, _eitherDay) = (text, minutes, hours, days, months, weekdays, eitherDay);
        Comes = Next(DateTimeOffset.UnixEpoch) is not null;
    }

    /// <summary>The expression as written.</summary>
    public string Text { get; }

    /// <summary>Whether any day fits at all: 30 February does not.</summary>
    internal bool Comes { get; }

    /// <summary>The first named minute after a time, in UTC; null when the calendar of .NET ends before it.</summary>
    /// <param name="after">The time; a named minute that begins then is not given.</param>
    public DateTimeOffset? Next(DateTimeOffset after)
    {
        var from = after.UtcDateTime;
        if (from.Date >= DateTime.MaxValue.Date) return null;
        var earliest = from.Date.AddHours(from.Hour).AddMinutes(from.Minute + 1);
        var lastYear = Math.Min(earliest.Year + CalendarYears, DateTime.MaxValue.Year);
        var day = earliest.Date;
        while (day.Year <= lastYear && day < DateTime.MaxValue.Date)
        {
            if (!Has(_months, day.Month))
            {
                if (day is { Year: 9999, Month: 12 }) return null;
                day = new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
                continue;
            }

            if (Fits(day) && TimeOf(day == earliest.Date ? earliest.TimeOfDay : TimeSpan.Zero) is { } time)
                return new DateTimeOffset(day + time, TimeSpan.Zero);
            day = day.AddDays(1);
        }

        return null;
    }

    private static bool Has(ulong set, int value) => (set >> value & 1) != 0;

    private bool Fits(DateTime day)
    {
        var (ofMonth, ofWeek) = (Has(_days, day.Day), Has(_weekdays, (int)day.DayOfWeek));
        return _eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek;
    }

    /// <summary>The first named time of a day that is not before <paramref name="earliest"/>.</summary>
    private TimeSpan? TimeOf(TimeSpan earliest)
    {
        if (Has(_hours, earliest.Hours) && First(_minutes, earliest.Minutes) is { } minute) return new TimeSpan(earliest.Hours, minute, 0);
        return First(_hours, earliest.Hours + 1) is { } hour ? new TimeSpan(hour, First(_minutes, 0)!.Value, 0) : null;
    }

    private static int? First(ulong set, int from)
    {
        var rest = set >> from << from;
        return rest == 0 ? null : BitOperations.TrailingZeroCount(rest);
    }
}
