using System.Globalization;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Azure.Functions.Worker;

namespace AutoFlow.EmbeddedHost.Triggers.Timer;

/// <summary>Keeps the schedule status of monitored timers in the host's database.</summary>
internal sealed class TimerStatusStore(HostDatabase database)
{
    /// <summary>The stored status of a timer; null when there is none.</summary>
    /// <param name="functionName">The timer function's name.</param>
    public ScheduleStatus? Find(string functionName) => database.Read(connection => connection.Query(
        "SELECT last, next, last_updated FROM timer_status WHERE function = $function",
        static row => new ScheduleStatus { Last = Time(row.GetString(0)), Next = Time(row.GetString(1)), LastUpdated = Time(row.GetString(2)) },
        ("$function", functionName)).SingleOrDefault());

    /// <summary>Stores the status of a timer.</summary>
    /// <param name="functionName">The timer function's name.</param>
    /// <param name="status">The status.</param>
    /// <param name="ct">Cancels.</param>
    public Task SaveAsync(string functionName, ScheduleStatus status, CancellationToken ct) => database.WriteAsync(
        connection => connection.Execute(
            """
            INSERT INTO timer_status (function, last, next, last_updated) VALUES ($function, $last, $next, $updated)
            ON CONFLICT (function) DO UPDATE SET last = excluded.last, next = excluded.next, last_updated = excluded.last_updated
            """,
            ("$function", functionName),
            ("$last", Text(status.Last)),
            ("$next", Text(status.Next)),
            ("$updated", Text(status.LastUpdated))),
        ct);

    private static string Text(DateTime time) => time.ToString("O", CultureInfo.InvariantCulture);

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind);
}
