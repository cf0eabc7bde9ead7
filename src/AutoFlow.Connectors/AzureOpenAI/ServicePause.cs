using AutoFlow.Support.ModelCalls;

namespace AutoFlow.Connectors.AzureOpenAI;

/// <summary>
/// The wait that the service asked for with a 429. It holds for every message and every worker: a limit of tokens a minute is the
/// deployment's, and calls made meanwhile would only be refused.
/// </summary>
/// <param name="longest">Longer waits are cut to this, so that a quota that was raised is noticed.</param>
internal sealed class ServicePause(IModelWaits waits, string deployment, TimeProvider time, TimeSpan longest)
{
    /// <summary>What is left of the wait; null when there is none.</summary>
    public async ValueTask<TimeSpan?> LeftAsync(CancellationToken ct)
    {
        if (await waits.UntilAsync(deployment, ct) is not { } until) return null;
        var left = until - time.GetUtcNow();
        if (left <= TimeSpan.Zero) return null;
        return left < longest ? left : longest;
    }

    /// <summary>The wait begins now; one that ends later stays.</summary>
    public Task BeginAsync(TimeSpan wait, CancellationToken ct) => waits.BeginAsync(deployment, time.GetUtcNow() + (wait < longest ? wait : longest), ct);
}
