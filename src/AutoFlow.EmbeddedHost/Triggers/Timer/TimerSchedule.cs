using System.Globalization;

namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>When a timer function runs: by an NCRONTAB expression, or after a constant time.</summary>
internal abstract class TimerSchedule
{
    /// <summary>The first occurrence after a moment.</summary>
    /// <param name="after">The moment, UTC.</param>
    /// <returns>The occurrence, UTC.</returns>
    public abstract DateTime Next(DateTime after);

    /// <summary>
    /// Whether occurrences lie less than a minute apart, seen from a moment. Such schedules are not monitored:
    /// what was missed is made up for by the next occurrence soon enough.
    /// </summary>
    /// <param name="now">The moment, UTC.</param>
    public bool IsFrequent(DateTime now)
    {
        var first = Next(now);
        return Next(first) - first < TimeSpan.FromMinutes(1);
    }

    /// <summary>Reads a schedule.</summary>
    /// <param name="text">NCRONTAB or a TimeSpan, in its constant form ("00:30:00").</param>
    /// <exception cref="FormatException">The text is no schedule; the message tells why.</exception>
    public static TimerSchedule Parse(string text)
    {
        if (text.Contains(' ', StringComparison.Ordinal))
            return new CronSchedule(Ncrontab.Parse(text));
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new ConstantSchedule(interval);
        throw new FormatException("a schedule is an NCRONTAB expression such as \"0 */5 * * * *\" or a TimeSpan such as \"00:05:00\"");
    }

    private sealed class CronSchedule(Ncrontab cron) : TimerSchedule
    {
        public override DateTime Next(DateTime after) => cron.Next(after);
    }

    private sealed class ConstantSchedule(TimeSpan interval) : TimerSchedule
    {
        public override DateTime Next(DateTime after) => after + interval;
    }
}
