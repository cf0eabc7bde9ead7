using System.Collections.Frozen;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using SharedEvent = DurableTask.Core.History.HistoryEvent;

namespace AutoFlow.EmbeddedHost.Durable.Engine;

/// <summary>The client of the embedded engine. What it was told is durable when its task completes.</summary>
internal sealed class EmbeddedDurableClient(
    IOrchestrationStore store, RewindPlan rewinds, ReadyInstances ready, ActivityLoop activities, TimerLoop timers, InstanceWatch watch, TimeProvider time)
    : DurableTaskClient("embedded")
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        options ??= new StartOrchestrationOptions();
        var id = options.InstanceId ?? Guid.NewGuid().ToString("N");
        ArgumentException.ThrowIfNullOrWhiteSpace(id, nameof(options));
        using var span = DurableSpans.Create(orchestratorName.Name, options.Version?.Version, id, options.Tags);
        var started = new ExecutionStarted(
            orchestratorName.Name, options.Version?.Version, Converter.Serialize(input), 0, null, DurableSpans.TraceOf(span, options.Tags));
        var instance = new NewInstance(id, started, options.Tags, options.StartAt?.UtcDateTime, ForbiddenBy(options));
        var receipt = await store.StartAsync(instance, time.GetUtcNow().UtcDateTime, cancellation).ConfigureAwait(false);
        if (receipt.ForbiddenBy is { } status)
            throw new OrchestrationAlreadyExistsException($"An orchestration with the id '{id}' already exists in status {status}.");
        if (instance.StartAt is { } later)
            timers.Notify(later);
        ready.Signal(receipt.Key);
        watch.Notify(id);
        return id;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        using var span = DurableSpans.Event(eventName, instanceId);
        if (await SendAsync(instanceId, new EventRaised(eventName, Converter.Serialize(eventPayload)), cancellation).ConfigureAwait(false) is Delivery.Unknown)
            throw new InstanceNotFoundException(instanceId);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, status => status != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, InstanceRows.IsFinished, cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new ExecutionTerminated(Converter.Serialize(options?.Output), options?.Recursive ?? false), cancellation);

    public override async Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        if (await SendAsync(instanceId, new ExecutionSuspended(reason), cancellation).ConfigureAwait(false) is Delivery.Unknown)
            throw new InstanceNotFoundException(instanceId);
    }

    public override async Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default)
    {
        if (await SendAsync(instanceId, new ExecutionResumed(reason), cancellation).ConfigureAwait(false) is Delivery.Unknown)
            throw new InstanceNotFoundException(instanceId);
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(store.Get(instanceId, getInputsAndOutputs));
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        filter ??= new OrchestrationQuery();
        return Pageable.Create((token, size, cancellation) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return Task.FromResult(store.Query(filter, token ?? filter.ContinuationToken, Math.Max(1, size ?? filter.PageSize)));
        });
    }

    public override Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return PurgeAsync(new PurgeRequest(instanceId, null, options?.Recursive ?? false), cancellation);
    }

    public override Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return PurgeAsync(new PurgeRequest(null, filter, options?.Recursive ?? false), cancellation);
    }

    public override async Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var family = rewinds.Of(instanceId);
        var receipt = await store.RewindAsync(family, reason, time.GetUtcNow().UtcDateTime, cancellation).ConfigureAwait(false);
        foreach (var activity in receipt.Activities)
            activities.Add(activity);
        if (receipt.FirstTimer is { } timer)
            timers.Notify(timer);
        foreach (var key in receipt.Woken)
            ready.Signal(key);
        foreach (var instance in family)
            watch.Notify(instance.InstanceId);
    }

    public override Task<IList<SharedEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(SharedHistory.Of(instanceId, store.History(instanceId)
            ?? throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId))));
    }

    /// <summary>Nothing to dispose of: the engine owns all.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static FrozenSet<OrchestrationRuntimeStatus> ForbiddenBy(StartOrchestrationOptions options)
        => (options.DedupeStatuses ?? []).Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
                ? status
                : throw new ArgumentException($"'{name}' is not a runtime status.", nameof(options)))
            .ToFrozenSet();

    private async Task<Delivery> SendAsync(string instanceId, HistoryEvent message, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var (delivery, key) = await store.SendAsync(instanceId, message, cancellation).ConfigureAwait(false);
        if (delivery == Delivery.Delivered)
            ready.Signal(key);
        return delivery;
    }

    private Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool payloads, Func<OrchestrationRuntimeStatus, bool> until, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return watch.WaitAsync(
            instanceId,
            () => store.Get(instanceId, payloads) is { } instance
                ? until(instance.RuntimeStatus) ? instance : null
                : throw new InstanceNotFoundException(instanceId),
            cancellation);
    }

    private async Task<PurgeResult> PurgeAsync(PurgeRequest request, CancellationToken cancellation)
    {
        var gone = await store.PurgeAsync(request, cancellation).ConfigureAwait(false);
        foreach (var id in gone)
            watch.Notify(id);
        return new PurgeResult(gone.Count, isComplete: true);
    }
}
