using AutoFlow.Functions.Messages;
using AutoFlow.Support.Messages;
using AutoFlow.Support.Outbox;
using Azure;
using Azure.Storage.Queues;

namespace AutoFlow.Functions.Telemetry;

/// <summary>Measures what waits.</summary>
public sealed class Backlog(IInbox inbox, IOutbox outbox, QueueServiceClient queues, TimeProvider time)
{
    /// <summary>Beyond it the number says no more than that there are too many.</summary>
    internal const int MostCounted = 1_000;

    /// <summary>Where both hosts put what was tried too often: <c>[queue]-poison</c>.</summary>
    private const string PoisonSuffix = "-poison";

    /// <summary>Reads nothing while nobody listens to the gauges.</summary>
    public async Task MeasureAsync(CancellationToken ct)
    {
        if (!BacklogMetrics.AreHeard) return;
        var now = time.GetUtcNow();
        var oldest = await inbox.UnprocessedAsync(now, 1, ct);
        var waiting = await outbox.PendingAsync(now, MostCounted, ct);
        var poison = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var queue in QueueNames.All) poison[queue] = await CountAsync(queue + PoisonSuffix, ct);
        BacklogMetrics.Measured(new BacklogState(waiting.Count, oldest.Count > 0 ? now - oldest[0].StoredAt : TimeSpan.Zero, poison), time);
    }

    private async Task<long> CountAsync(string queue, CancellationToken ct)
    {
        try
        {
            return (await queues.GetQueueClient(queue).GetPropertiesAsync(ct)).Value.ApproximateMessagesCount;
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return 0;
        }
    }
}
