using AutoFlow.Functions.Orchestrations;
using DurableTask.Core.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.Functions.Tests.Fakes;

/// <summary>A durable client whose instances run only as far as a test says.</summary>
internal sealed class FakeDurable(Gate gate) : DurableTaskClient("fake")
{
    private readonly Dictionary<string, OrchestrationRuntimeStatus> _instances = [];

    /// <summary>Inputs by instance id, in the order of their start.</summary>
    public List<(string Id, object? Input)> Started { get; } = [];

    /// <summary>Events raised and not read, oldest first.</summary>
    public List<(string Id, object? Payload)> Mailbox { get; } = [];

    /// <summary>What a rewind throws; null where there is no such operation.</summary>
    public Exception? Rewinding { get; set; }

    /// <summary>What a history is read as; null where there is no such operation.</summary>
    public Func<IList<HistoryEvent>>? Reading { get; set; }

    public OrchestrationRuntimeStatus this[string id]
    {
        get => _instances[id];
        set => _instances[id] = value;
    }

    /// <summary>Takes an instance away.</summary>
    public void Purge(string id) => _instances.Remove(id);

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        await gate.PassAsync("durable.start");
        var id = options!.InstanceId!;
        if (_instances.TryGetValue(id, out var known) && !known.IsOver()) throw new RefusedCallException("AlreadyExists");
        _instances[id] = OrchestrationRuntimeStatus.Running;
        Started.Add((id, input));
        return id;
    }

    public override async Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        await gate.PassAsync("durable.raise");
        // As Azure's host: by a type that the app does not know.
        if (!_instances.TryGetValue(instanceId, out var known)) throw new RefusedCallException("NotFound");
        if (known.IsOver()) throw new RefusedCallException("FailedPrecondition");
        Mailbox.Add((instanceId, eventPayload));
    }

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        await gate.PassAsync("durable.get");
        return _instances.TryGetValue(instanceId, out var status) ? new OrchestrationMetadata("RunWorkflow", instanceId) { RuntimeStatus = status } : null;
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null) => throw new NotSupportedException();

    public override Task RewindInstanceAsync(string instanceId, string reason, CancellationToken cancellation = default) =>
        Rewinding is { } failure ? Task.FromException(failure) : base.RewindInstanceAsync(instanceId, reason, cancellation);

    public override Task<IList<HistoryEvent>> GetOrchestrationHistoryAsync(string instanceId, CancellationToken cancellation = default) =>
        Reading is { } read ? Task.Run(read, cancellation) : base.GetOrchestrationHistoryAsync(instanceId, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>A refusal of the durable client. Stands for Grpc.Core.RpcException.</summary>
internal sealed class RefusedCallException(string status) : Exception(status);
