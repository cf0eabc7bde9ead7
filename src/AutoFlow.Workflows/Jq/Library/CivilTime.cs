namespace AutoFlow.Workflows.Jq;

/// <summary>
/// jq's broken-down time, always UTC: year, month from 0, day, hours, minutes, seconds with fraction, day of the week from
/// Sunday, day of the year from 0.
/// </summary>
internal readonly record struct CivilTime(long Year, int Month, int Day, int Hour, int Minute, double Second, int WeekDay, int YearDay)
{
    private const long SecondsPerDay = 86_400;

    /// <summary>Years this far away are no dates.</summary>
    private const double MaxSeconds = 1e14;

    public static CivilTime? FromSeconds(double seconds)
    {
        if (!(Math.Abs(seconds) < MaxSeconds))
            return null;
        var whole = (long)Math.Floor(seconds);
        var days = (long)Math.Floor((double)whole / SecondsPerDay);
        var rest = whole - (days * SecondsPerDay);
        var (year, month, day) = FromDays(days);
        return new CivilTime(
            year, month, day, (int)(rest / 3600), (int)(rest / 60 % 60), (rest % 60) + (seconds - whole),
            WeekDayOf(days), (int)(days - ToDays(year, 0, 1)));
    }

    /// <summary>Week day and day of the year computed from the date.</summary>
    public static CivilTime FromDate(long year, int month, int day, int hour, int minute, double second)
    {
        var days = ToDays(year, month, day);
        return new CivilTime(year, month, day, hour, minute, second, WeekDayOf(days), (int)(days - ToDays(year, 0, 1)));
    }

    /// <summary>The array of jq; fewer than eight numbers are taken as zeros. Null when an element is no number.</summary>
    public static CivilTime? FromValue(JqValue value)
    {
        if (value is not JqArray { Count: >= 3 } array || array.Items.Any(i => i is not JqNumber { Value: var x } || !(Math.Abs(x) < 1e9)))
            return null;
        double At(int i) => i < array.Count ? ((JqNumber)array.Span[i]).Value : 0;
        var date = FromDate((long)At(0), (int)At(1), (int)At(2), (int)At(3), (int)At(4), At(5));
        return array.Count >= 8 ? date with { WeekDay = (int)At(6), YearDay = (int)At(7) } : date;
    }

    public JqValue ToValue() => JqArray.Of(
    [
        JqValue.From(Year), JqValue.From(Month), JqValue.From(Day), JqValue.From(Hour), JqValue.From(Minute), JqValue.From(Second),
        JqValue.From(WeekDay), JqValue.From(YearDay),
    ]);

    public double ToSeconds() =>
        (ToDays(Year, Month, Day) * SecondsPerDay) + (Hour * 3600L) + (Minute * 60L) + Math.Floor(Second);

    /// <summary>Days since 1970-01-01 in the proleptic Gregorian calendar; months beyond a year carry over.</summary>
    private static long ToDays(long year, int month, int day)
    {
        year += (long)Math.Floor(month / 12.0);
        var shifted = (((month % 12) + 12) % 12) + 1;
        var y = shifted <= 2 ? year - 1 : year;
        var era = (long)Math.Floor(y / 400.0);
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (shifted + (shifted > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        return (era * 146_097) + (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear - 719_468;
    }

    private static (long Year, int Month, int Day) FromDays(long days)
    {
        days += 719_468;
        var era = (long)Math.Floor(days / 146_097.0);
        var dayOfEra = days - (era * 146_097);
        var yearOfEra = (dayOfEra - (dayOfEra / 1460) + (dayOfEra / 36_524) - (dayOfEra / 146_096)) / 365;
        var dayOfYear = dayOfEra - ((365 * yearOfEra) + (yearOfEra / 4) - (yearOfEra / 100));
        var shifted = ((5 * dayOfYear) + 2) / 153;
        var day = (int)(dayOfYear - (((153 * shifted) + 2) / 5) + 1);
        var month = (int)(shifted < 10 ? shifted + 2 : shifted - 10);
        return (yearOfEra + (era * 400) + (month <= 1 ? 1 : 0), month, day);
    }

    private static int WeekDayOf(long days) => (int)((((days + 4) % 7) + 7) % 7);
}
