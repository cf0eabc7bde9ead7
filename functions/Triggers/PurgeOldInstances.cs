using AutoFlow.Functions.Definitions;
using AutoFlow.Functions.Instances;
using AutoFlow.Functions.Orchestrations;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AutoFlow.Functions.Triggers;

/// <summary>
/// Purges what ended longer ago than <see cref="WorkflowSettings.KeepInstancesFor"/>, so that the store does not grow for ever. The books
/// (inbox, outbox, ledger, tickets, journal) stay.
/// </summary>
/// <remarks>
/// Nothing relies on an instance that ended so long ago. A start by id that counts once is made good by the books: the inbox row says that its
/// message was handed over, a caller's history that its child was started, and a step that runs twice under one id finds its key in ledger and
/// outbox. A conversation that a purged instance still holds is let go (MessageRouter), its subscriptions end with the next event (EventRouter),
/// watches and schedules begin anew where they are over or unknown.
/// </remarks>
public sealed class PurgeOldInstances(IOptions<WorkflowSettings> settings, TimeProvider time, ILogger<PurgeOldInstances> logger)
{
    private const int PageSize = 500;
    private const int Bite = 500;

    private static readonly OrchestrationRuntimeStatus[] Finished =
        [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    [Function(nameof(PurgeOldInstances))]
    public async Task Run([TimerTrigger("0 20 * * * *")] TimerInfo timer, [DurableClient] DurableTaskClient durable, CancellationToken ct)
    {
        if (settings.Value.KeepInstancesFor is not { Ticks: > 0 } keep) return;
        var before = time.GetUtcNow() - keep;
        try
        {
            var purged = 0;
            foreach (var (from, to) in PurgeBites.Of(await CreatedAsync(durable, before, ct), Bite))
                purged += (await durable.PurgeAllInstancesAsync(new PurgeInstancesFilter(from, to, Finished), ct)).PurgedInstanceCount;
            if (purged > 0) logger.LogInformation("{Count} instances that ended before {Before:u} were purged", purged, before);
        }
        catch (Exception exception) when (InstanceCalls.IsUnsupported(exception))
        {
            logger.LogWarning("The durable backend of this app cannot purge instances; set Workflows:KeepInstancesFor to 0");
        }
    }

    private static async Task<List<(DateTimeOffset CreatedAt, bool Keep)>> CreatedAsync(DurableTaskClient durable, DateTimeOffset before, CancellationToken ct)
    {
        var created = new List<(DateTimeOffset CreatedAt, bool Keep)>();
        await foreach (var instance in durable.GetAllInstancesAsync(new OrchestrationQuery(CreatedTo: before, PageSize: PageSize)).WithCancellation(ct))
            created.Add((instance.CreatedAt, !instance.RuntimeStatus.IsOver() || instance.LastUpdatedAt > before));
        return created;
    }
}
