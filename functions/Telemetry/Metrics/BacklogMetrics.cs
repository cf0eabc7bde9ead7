using System.Diagnostics.Metrics;
using AutoFlow.Functions.Telemetry.Metrics;

namespace AutoFlow.Functions.Telemetry;

/// <summary>What waits, at one moment.</summary>
/// <param name="OutboxWaiting">Replies to be sent; <see cref="Telemetry.Backlog.MostCounted"/> at most.</param>
/// <param name="InboxAge">How long the oldest message that stands still has waited; zero when none does.</param>
/// <param name="Poison">Messages set aside, by queue; about as many as there are.</param>
internal sealed record BacklogState(int OutboxWaiting, TimeSpan InboxAge, IReadOnlyDictionary<string, long> Poison);

/// <summary>
/// What waits, as gauges: told by the instance that measured last, for as long as the measure is fresh. A timer runs on one instance
/// only, and the others must not repeat an old number.
/// </summary>
internal static class BacklogMetrics
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(3);

    private static readonly Instrument[] Gauges;

    private static Box? _box;

    static BacklogMetrics() => Gauges =
    [
        MeterOf.AutoFlow.CreateObservableGauge("autoflow.outbox.waiting", () => Now() is { } now ? [new Measurement<int>(now.OutboxWaiting)] : (IEnumerable<Measurement<int>>)[], "{reply}", "Replies that wait to be sent."),
        MeterOf.AutoFlow.CreateObservableGauge("autoflow.inbox.age", () => Now() is { } now ? [new Measurement<double>(now.InboxAge.TotalSeconds)] : (IEnumerable<Measurement<double>>)[], "s", "How long the oldest message has waited to be taken up."),
        MeterOf.AutoFlow.CreateObservableGauge(
            "autoflow.queue.poison",
            () => Now()?.Poison.Select(one => new Measurement<long>(one.Value, new KeyValuePair<string, object?>("queue", one.Key))) ?? [],
            "{message}",
            "Queue messages that were set aside after the last try."),
    ];

    /// <summary>True while somebody listens.</summary>
    public static bool AreHeard => Gauges.Any(static gauge => gauge.Enabled);

    public static void Measured(BacklogState state, TimeProvider time) => Volatile.Write(ref _box, new Box(state, time));

    private static BacklogState? Now() => Volatile.Read(ref _box) is { } box && box.Time.GetElapsedTime(box.At) < Fresh ? box.State : null;

    private sealed class Box(BacklogState state, TimeProvider time)
    {
        public BacklogState State { get; } = state;

        public TimeProvider Time { get; } = time;

        public long At { get; } = time.GetTimestamp();
    }
}
