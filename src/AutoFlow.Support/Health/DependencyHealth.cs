using System.Collections.Concurrent;

namespace AutoFlow.Support.Health;

/// <summary>How the calls to one outside service went: only the last of each kind, nothing of what was asked.</summary>
/// <param name="SucceededAt">The last call that the service answered, UTC; null for none since the start.</param>
/// <param name="FailedAt">The last call that failed, UTC; null for none since the start.</param>
/// <param name="Reason">Why it failed, one line without personal data or secrets; null when none failed.</param>
/// <param name="FailuresInARow">Since the last success.</param>
public sealed record CallOutcomes(DateTimeOffset? SucceededAt, DateTimeOffset? FailedAt, string? Reason, int FailuresInARow)
{
    /// <summary>No call yet.</summary>
    public static CallOutcomes None { get; } = new(null, null, null, 0);
}

/// <summary>
/// What the calls that the work makes anyway tell of outside services, by their names. Nothing is called for health alone: a probe
/// would cost money or quota. Known to this process only, since its start.
/// </summary>
public sealed class DependencyHealth(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CallOutcomes> _outcomes = new(StringComparer.Ordinal);

    /// <summary>The outcomes of a service's calls.</summary>
    public CallOutcomes Of(string service) => _outcomes.GetValueOrDefault(service, CallOutcomes.None);

    /// <summary>The service answered.</summary>
    public void Succeeded(string service)
    {
        var now = time.GetUtcNow();
        _outcomes.AddOrUpdate(service, _ => CallOutcomes.None with { SucceededAt = now }, (_, before) => before with { SucceededAt = now, FailuresInARow = 0 });
    }

    /// <summary>The service did not answer, or did not take the call.</summary>
    /// <param name="reason">One line without personal data or secrets.</param>
    public void Failed(string service, string reason)
    {
        var now = time.GetUtcNow();
        _outcomes.AddOrUpdate(
            service,
            _ => new CallOutcomes(null, now, reason, 1),
            (_, before) => before with { FailedAt = now, Reason = reason, FailuresInARow = before.FailuresInARow + 1 });
    }
}

/// <summary>The outside services, as health and telemetry name them.</summary>
public static class OutsideServices
{
    public const string Carriers = "carriers";
    public const string Shop = "shop";
    public const string Mail = "mail";
    public const string AzureOpenAI = "azure-openai";
}
