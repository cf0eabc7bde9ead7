using AutoFlow.EmbeddedHost.Durable;
using DurableTask.Core.Exceptions;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using EventRaised = AutoFlow.EmbeddedHost.Durable.History.EventRaised;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>
/// The client as Azure's host answers it (TaskHubGrpcServer of the durable extension): calls look at the instance's row first,
/// refusals come as an exception of whatever type, and waits look every two seconds.
/// </summary>
internal sealed class StrictClient(DurableTaskClient inner, StrictOptions strict, TimeProvider time) : DurableTaskClient(inner.Name), IHistorySource
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        if (options?.InstanceId is { } id)
            InstanceIdRule.Demand(id);
        try
        {
            return await inner.ScheduleNewOrchestrationInstanceAsync(orchestratorName, input, options, cancellation).ConfigureAwait(false);
        }
        catch (OrchestrationAlreadyExistsException exists) when (Chance.Befalls(strict, 0.5, $"exists {options?.InstanceId}"))
        {
            // Older clients hand the call's own exception on, newer ones translate it.
            throw new RemoteCallException(RemoteCallException.AlreadyExists, exists.Message);
        }
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        await DemandLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        var twice = EventsTwice.Befalls(strict, instanceId, new EventRaised(eventName, JsonDataConverter.Default.Serialize(eventPayload)));
        for (var time = 0; time < (twice ? 2 : 1); time++)
            await inner.RaiseEventAsync(instanceId, eventName, eventPayload, cancellation).ConfigureAwait(false);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, static instance => instance.RuntimeStatus != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, static instance => instance.IsCompleted, cancellation);

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        await DemandLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        await inner.TerminateInstanceAsync(instanceId, options, cancellation).ConfigureAwait(false);
    }

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await DemandLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        await inner.SuspendInstanceAsync(instanceId, reason, cancellation).ConfigureAwait(false);
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        await DemandLiveAsync(instanceId, cancellation).ConfigureAwait(false);
        await inner.ResumeInstanceAsync(instanceId, reason, cancellation).ConfigureAwait(false);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => inner.GetInstancesAsync(instanceId, getInputsAndOutputs, cancellation);

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => inner.GetAllInstancesAsync(filter);

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => inner.PurgeInstanceAsync(instanceId, options, cancellation);

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => inner.PurgeAllInstancesAsync(filter, options, cancellation);

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
        => inner.RewindInstanceAsync(instanceId, reason, cancellation);

    public override Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
        => inner.GetOrchestrationHistoryAsync(instanceId, cancellation);

    public T? ReadHistory<T>(string instanceId, Func<string, IEnumerable<HistoryEvent>, T> read)
        where T : class
        => ((IHistorySource)inner).ReadHistory(instanceId, read);

    public override ValueTask DisposeAsync() => inner.DisposeAsync();

    private async Task DemandLiveAsync(string instanceId, CancellationToken cancellation)
    {
        var instance = await inner.GetInstancesAsync(instanceId, getInputsAndOutputs: false, cancellation).ConfigureAwait(false)
            ?? throw new RemoteCallException(RemoteCallException.NotFound, $"No instance with ID '{instanceId}' was found.");
        if (instance.IsCompleted)
            throw new RemoteCallException(RemoteCallException.FailedPrecondition, "The orchestration instance with the provided instance id is not running.");
    }

    /// <summary>Kinder in one thing: Azure's host waits for ever where there is no such instance.</summary>
    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool payloads, Func<OrchestrationMetadata, bool> until, CancellationToken cancellation)
    {
        while (true)
        {
            await Task.Delay(BetweenLooks, time, cancellation).ConfigureAwait(false);
            var instance = await inner.GetInstancesAsync(instanceId, payloads, cancellation).ConfigureAwait(false)
                ?? throw new RemoteCallException(RemoteCallException.NotFound, $"No instance with ID '{instanceId}' was found.");
            if (until(instance))
                return instance;
        }
    }
}
