using System.Text.Json.Serialization;

namespace AutoFlow.Functions.Health;

/// <summary>How something that the app needs is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<DependencyState>))]
public enum DependencyState
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    /// <summary>It serves, but not as it should.</summary>
    [JsonStringEnumMemberName("degraded")]
    Degraded,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Not configured, so not needed.</summary>
    [JsonStringEnumMemberName("off")]
    Off,
}

/// <summary>One line of the answer.</summary>
/// <param name="Age">Seconds since the last success, or since the last failure where the state is one; null when there was none since the start.</param>
/// <param name="Reason">One line without personal data or secrets; null where all is well.</param>
public sealed record DependencyReport(
    string Name,
    DependencyState State,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Age = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Reason = null);

/// <summary>Whether the app can serve, and how each thing is that it needs.</summary>
/// <param name="State"><see cref="DependencyState.Failed"/> when something is down without which no message can be taken and worked on; degraded when anything else is not well.</param>
public sealed record ReadinessReport(DependencyState State, string Version, IReadOnlyList<DependencyReport> Dependencies);

/// <summary>A look at one thing that the app needs. Cheap; it never calls a service that costs money or quota.</summary>
public interface IDependencyCheck
{
    string Name { get; }

    /// <summary>True when the app cannot serve without it.</summary>
    bool Needed { get; }

    /// <summary>An exception counts as a failure.</summary>
    Task<DependencyReport> CheckAsync(CancellationToken ct);
}

/// <summary>Runs the checks side by side, each within a time limit, and keeps the result for some seconds, so that probes cost little.</summary>
public sealed class Readiness(IEnumerable<IDependencyCheck> checks, TimeProvider time) : IDisposable
{
    /// <summary>For one check.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    /// <summary>How old an answer may be.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<IDependencyCheck> _checks = [.. checks];
    private readonly SemaphoreSlim _one = new(1, 1);
    private (ReadinessReport Report, long At)? _last;

    public async Task<ReadinessReport> LookAsync(CancellationToken ct)
    {
        await _one.WaitAsync(ct);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.At) < Fresh) return last.Report;
            var reports = await Task.WhenAll(_checks.Select(check => OneAsync(check, ct)));
            var down = _checks.Zip(reports).Any(pair => pair is { First.Needed: true, Second.State: DependencyState.Failed });
            var state = down ? DependencyState.Failed
                : reports.Any(report => report.State is DependencyState.Failed or DependencyState.Degraded) ? DependencyState.Degraded
                : DependencyState.Ok;
            var report = new ReadinessReport(state, AppVersion.Text, reports);
            _last = (report, time.GetTimestamp());
            return report;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<DependencyReport> OneAsync(IDependencyCheck check, CancellationToken ct)
    {
        using var limit = new CancellationTokenSource(Limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            // A check that does not heed its token is left behind.
            return await Task.Run(() => check.CheckAsync(either.Token), either.Token).WaitAsync(either.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return new DependencyReport(check.Name, DependencyState.Failed, Reason: $"no answer in {Limit.TotalSeconds:0} seconds");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // The type only: a message can hold an address or a connection string.
            return new DependencyReport(check.Name, DependencyState.Failed, Reason: exception.GetType().Name);
        }
    }
}
