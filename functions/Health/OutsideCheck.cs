using AutoFlow.Support.Health;

namespace AutoFlow.Functions.Health;

/// <summary>
/// How an outside service is, by the outcomes of the calls that the work made: nothing is called for it. One failure can be chance;
/// several in a row are not. The app takes messages in without it, so it never makes the app unready.
/// </summary>
public sealed class OutsideCheck(string service, bool isConfigured, DependencyHealth health, TimeProvider time) : IDependencyCheck
{
    private const int FailedAfter = 3;

    public string Name => service;

    public bool Needed => false;

    public Task<DependencyReport> CheckAsync(CancellationToken ct) => Task.FromResult(Now());

    private DependencyReport Now()
    {
        if (!isConfigured) return new DependencyReport(service, DependencyState.Off, Reason: "not configured");
        var calls = health.Of(service);
        return calls switch
        {
            { FailuresInARow: > 0 } => new DependencyReport(
                service,
                calls.FailuresInARow < FailedAfter ? DependencyState.Degraded : DependencyState.Failed,
                Age(calls.FailedAt),
                $"{calls.Reason}, {calls.FailuresInARow} {(calls.FailuresInARow == 1 ? "time" : "times in a row")}"),
            { SucceededAt: null } => new DependencyReport(service, DependencyState.Ok, Reason: "not called since the start"),
            _ => new DependencyReport(service, DependencyState.Ok, Age(calls.SucceededAt)),
        };
    }

    private double? Age(DateTimeOffset? at) => at is { } then ? Math.Round(Math.Max(0, (time.GetUtcNow() - then).TotalSeconds), 1) : null;
}
