namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>
/// A schedule written as NCRONTAB: second, minute, hour, day, month, day of week; without the first field, second 0.
/// Day and day of week must both match, as in Microsoft's host (NCrontab), unlike Unix cron. Times are UTC.
/// </summary>
internal sealed class Ncrontab
{
    /// <summary>The Gregorian calendar repeats after 400 years: what does not occur until then never does.</summary>
    private const int CalendarCycleYears = 400;

    private readonly NcrontabField _second;
    private readonly NcrontabField _minute;
    private readonly NcrontabField _hour;
    private readonly NcrontabField _day;
    private readonly NcrontabField _month;
    private readonly NcrontabField _dayOfWeek;

    private Ncrontab(NcrontabField[] fields)
    {
        _second = fields[0];
        _minute = fields[1];
        _hour = fields[2];
        _day = fields[3];
        _month = fields[4];
        _dayOfWeek = fields[5];
    }

    /// <summary>Reads an expression.</summary>
    /// <param name="text">The expression, of six or five fields.</param>
    /// <exception cref="FormatException">The text is no expression, or never occurs; the message tells why.</exception>
    public static Ncrontab Parse(string text)
    {
        var parts = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        FieldKind[] kinds = [FieldKind.Second, FieldKind.Minute, FieldKind.Hour, FieldKind.Day, FieldKind.Month, FieldKind.DayOfWeek];
        if (parts.Length == kinds.Length - 1)
            parts = ["0", .. parts];
        if (parts.Length != kinds.Length)
        {
            throw new FormatException(
                $"an NCRONTAB expression has six fields (second minute hour day month day-of-week), this has {parts.Length}");
        }

        var schedule = new Ncrontab([.. parts.Zip(kinds, NcrontabField.Parse)]);
        return schedule.NextDay(new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)) is not null
            ? schedule
            : throw new FormatException("no day of the calendar matches the fields day, month and day of week together");
    }

    /// <summary>The first occurrence after a moment.</summary>
    /// <param name="after">The moment, UTC.</param>
    /// <returns>The occurrence, UTC, always later than <paramref name="after"/>.</returns>
    public DateTime Next(DateTime after)
    {
        var from = new DateTime(after.Ticks - (after.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc).AddSeconds(1);
        return Matches(DateOnly.FromDateTime(from)) && FirstTime(from.TimeOfDay) is { } today
            ? from.Date + today
            : NextDay(from.Date.AddDays(1))!.Value + FirstTime(TimeSpan.Zero)!.Value;
    }

    private bool Matches(DateOnly day) =>
        _month.Contains(day.Month) && _day.Contains(day.Day) && _dayOfWeek.Contains((int)day.DayOfWeek);

    private DateTime? NextDay(DateTime from)
    {
        var last = from.AddYears(CalendarCycleYears);
        for (var day = from; day < last;)
        {
            if (!_month.Contains(day.Month))
            {
                day = new DateTime(day.Year, day.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1);
                continue;
            }

            if (Matches(DateOnly.FromDateTime(day)))
                return day;
            day = day.AddDays(1);
        }

        return null;
    }

    private TimeSpan? FirstTime(TimeSpan from)
    {
        for (var hour = _hour.FirstFrom(from.Hours); hour is { } h; hour = _hour.FirstFrom(h + 1))
        {
            var sameHour = h == from.Hours;
            for (var minute = _minute.FirstFrom(sameHour ? from.Minutes : 0); minute is { } m; minute = _minute.FirstFrom(m + 1))
            {
                if (_second.FirstFrom(sameHour && m == from.Minutes ? from.Seconds : 0) is { } s)
                    return new TimeSpan(h, m, s);
            }
        }

        return null;
    }
}
