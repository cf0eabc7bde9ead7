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
            // One that is over stands for no start where it was to be started anew.
            if (await client.GetInstanceAsync(instanceId, ct) is not { } seen || (again && seen.RuntimeStatus.IsOver())) throw;
            return false;
        }
    }

    /// <summary>
    /// Raises an event unless the instance is over or unknown. It may end between the look and the call, which hosts refuse or pass
    /// over in different ways, so any failure counts as "over" once the instance is seen so; otherwise it is thrown on.
    /// Returns the status seen last: a live one when the event was raised, null for an unknown instance.
    /// </summary>
    public static async Task<OrchestrationRuntimeStatus?> RaiseIfLiveAsync(
        this DurableTaskClient client, string instanceId, string eventName, object payload, CancellationToken ct)
    {
        var seen = (await client.GetInstanceAsync(instanceId, ct))?.RuntimeStatus;
        if (!seen.IsLive()) return seen;
        try
        {
            await client.RaiseEventAsync(instanceId, eventName, payload, ct);
            return seen;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var now = (await client.GetInstanceAsync(instanceId, ct))?.RuntimeStatus;
            if (now.IsLive()) throw;
            return now;
        }
    }

    /// <summary>True when there is such an instance and it is not over.</summary>
    public static bool IsLive(this OrchestrationRuntimeStatus? status) => status is { } known && !known.IsOver();

    /// <summary>True when the instance will do nothing any more.</summary>
    public static bool IsOver(this OrchestrationRuntimeStatus status) =>
        status is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;
}
