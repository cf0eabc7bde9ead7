using AutoFlow.Functions.Messages;
using Azure;
using Azure.Storage.Queues;

namespace AutoFlow.Functions.Health;

/// <summary>Asks the storage for the inbox queue's properties.</summary>
public sealed class QueueCheck(QueueServiceClient queues) : IDependencyCheck
{
    public string Name => "storage";

    public bool Needed => true;

    public async Task<DependencyReport> CheckAsync(CancellationToken ct)
    {
        try
        {
            await queues.GetQueueClient(QueueNames.Inbox).GetPropertiesAsync(ct);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // Nothing was enqueued yet; the storage answers.
        }
        catch (RequestFailedException refused) when (refused.Status != 0)
        {
            return new DependencyReport(Name, DependencyState.Failed, Reason: $"it answered {refused.Status}");
        }

        return new DependencyReport(Name, DependencyState.Ok);
    }
}
