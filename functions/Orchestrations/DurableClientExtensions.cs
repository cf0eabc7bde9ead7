using AutoFlow.Functions.Telemetry;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Orchestrations;

/// <summary>What every caller of the durable client needs on every host.</summary>
public static class DurableClientExtensions
{
    /// <summary>
    /// Starts <see cref="RunWorkflow"/> unless the id is known. Hosts refuse a live id in different ways, so any failure
    /// counts as "already started" once the instance is seen; otherwise it is thrown on.
    /// Returns false when the instance was there before.
    /// </summary>
    /// <param name="again">True starts it anew when it is over; <see cref="WorkflowStart.Run"/> should then tell the runs apart.</param>
    public static Task<bool> StartOnceAsync(this DurableTaskClient client, string instanceId, WorkflowStart start, CancellationToken ct, bool again = false) =>
        client.StartOnceAsync(nameof(RunWorkflow), instanceId, start, ct, again);

    /// <summary>The same for any orchestrator.</summary>
    public static async Task<bool> StartOnceAsync(this DurableTaskClient client, string orchestrator, string instanceId, object start, CancellationToken ct, bool again = false)
    {
        if (await client.GetInstanceAsync(instanceId, ct) is { } known && !(again && known.RuntimeStatus.IsOver())) return false;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, start, new StartOrchestrationOptions(instanceId) { Tags = InstanceTags.Of(start) }, ct);
            return true;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            if (await client.GetInstanceAsync(instanceId, ct) is null) throw;
            return false;
        }
    }

    /// <summary>True when the instance will do nothing any more.</summary>
    public static bool IsOver(this OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
