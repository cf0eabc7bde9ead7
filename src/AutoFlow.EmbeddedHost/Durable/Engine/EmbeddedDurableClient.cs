using System.Collections.Frozen;
using System.Globalization;
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
internal sealed class EmbeddedDurableClient(IOrchestrationStore store, TurnDispatcher turns, InstanceWatch watch, Func<Exception?> fault)
    : DurableTaskClient("embedded"), IHistorySource
{
    private static readonly DataConverter Converter = JsonDataConverter.Default;

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        options ??= new StartOrchestrationOptions();
        var id = options.InstanceId ?? Guid.NewGuid().ToString("N");
        ArgumentException.ThrowIfNullOrWhiteSpace(id, nameof(options));
        DurableLimits.DemandInstanceId(id, nameof(options));
        using var span = DurableSpans.Create(orchestratorName.Name, options.Version?.Version, id, options.Tags);
        var json = Json(input, "The input", nameof(input));
        _ = Json(options.Tags is { Count: > 0 } tags ? tags : null, "The tag set", nameof(options));
        var started = new ExecutionStarted(orchestratorName.Name, options.Version?.Version, json, 0, null, DurableSpans.TraceOf(span, options.Tags));
        var message = new StartMessage(new NewInstance(id, started, options.Tags, options.StartAt?.UtcDateTime) { ForbiddenBy = ForbiddenBy(options) });
        var receipt = await Post(message, message.Done, cancellation).ConfigureAwait(false);
        return receipt.ForbiddenBy is { } status
            ? throw new OrchestrationAlreadyExistsException($"An orchestration with the id '{id}' already exists in status {status}.")
            : id;
    }

    public override async Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        using var span = DurableSpans.Event(eventName, instanceId);
        var json = Json(eventPayload, "The event's payload", nameof(eventPayload));
        switch (await SendAsync(instanceId, new EventRaised(eventName, json), cancellation).ConfigureAwait(false))
        {
            case Delivery.Unknown:
                throw new InstanceNotFoundException(instanceId);
            case Delivery.Full:
                throw DurableLimits.TooManyEvents(instanceId, eventName);
        }
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, status => status != OrchestrationRuntimeStatus.Pending, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => WaitAsync(instanceId, getInputsAndOutputs, InstanceRows.IsFinished, cancellation);

    public override Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
        => SendAsync(instanceId, new ExecutionTerminated(Json(options?.Output, "The output", nameof(options)), options?.Recursive ?? false), cancellation);

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
        if (await SendAsync(instanceId, new ExecutionRewound(reason), cancellation).ConfigureAwait(false) is Delivery.Unknown)
            throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId));
    }

    public override Task<IList<SharedEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult<IList<SharedEvent>>(ReadHistory(instanceId, static (_, events) => events.ToList())
            ?? throw new ArgumentException($"There is no orchestration instance with the id '{instanceId}'.", nameof(instanceId)));
    }

    public T? ReadHistory<T>(string instanceId, Func<string, IEnumerable<SharedEvent>, T> read)
        where T : class
        => store.History(
            instanceId,
            history => read(string.Create(CultureInfo.InvariantCulture, $"{history.Instance}.{history.Generation}"), SharedHistory.Of(instanceId, history.Turns)));

    /// <summary>Nothing to dispose of: the engine owns all.</summary>
    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static FrozenSet<OrchestrationRuntimeStatus> ForbiddenBy(StartOrchestrationOptions options)
        => (options.DedupeStatuses ?? []).Select(name => Enum.TryParse<OrchestrationRuntimeStatus>(name, ignoreCase: true, out var status)
                ? status
                : throw new ArgumentException($"'{name}' is not a runtime status.", nameof(options)))
            .ToFrozenSet();

    private static string? Json(object? value, string what, string parameter) => DurableLimits.DemandPayload(Converter.Serialize(value), what, parameter);

    private Task<Delivery> SendAsync(string instanceId, HistoryEvent signal, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        DurableLimits.DemandInstanceId(instanceId, nameof(instanceId));
        var message = new SignalMessage(instanceId, signal);
        return Post(message, message.Done, cancellation);
    }

    /// <summary>Posts a message and waits until it is durable. Cancelling ends the wait; the message stays.</summary>
    private Task<T> Post<T>(Message message, Task<T> done, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        if (fault() is { } refused)
            return Task.FromException<T>(refused);
        turns.Post(message);
        return cancellation.CanBeCanceled ? done.WaitAsync(cancellation) : done;
    }

    private Task<OrchestrationMetadata> WaitAsync(
        string instanceId, bool payloads, Func<OrchestrationRuntimeStatus, bool> until, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return watch.WaitAsync(instanceId, until, payloads, cancellation);
    }

    private async Task<PurgeResult> PurgeAsync(PurgeRequest request, CancellationToken cancellation)
    {
        var gone = await store.PurgeAsync(request, cancellation).ConfigureAwait(false);
        foreach (var id in gone)
            watch.NotifyGone(id);
        return new PurgeResult(gone.Count, isComplete: true);
    }
}
