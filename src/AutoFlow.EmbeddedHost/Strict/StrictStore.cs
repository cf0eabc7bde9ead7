using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>A store behind which the engine meets the faults of Azure Storage. What is stored is what the inner store has.</summary>
internal sealed class StrictStore(IOrchestrationStore inner, StrictOptions strict, TimeProvider time) : IOrchestrationStore
{
    private readonly LateReads _late = new(strict, time);

    public IReadOnlyList<long> ReadyInstances() => inner.ReadyInstances();

    public IReadOnlyList<ActivityTask> WaitingActivities() => OutOfOrder.Of(strict, inner.WaitingActivities());

    public DateTime? NextTimer() => inner.NextTimer();

    public Task<IReadOnlyList<long>> FireTimersAsync(DateTime now) => inner.FireTimersAsync(now);

    public async Task<StartReceipt> StartAsync(NewInstance instance, DateTime now, CancellationToken ct)
    {
        var receipt = await inner.StartAsync(instance, now, ct).ConfigureAwait(false);
        if (receipt.ForbiddenBy is null)
            _late.Forget(instance.InstanceId);
        return receipt;
    }

    public async Task<(Delivery Delivery, long Key)> SendAsync(string instanceId, HistoryEvent message, CancellationToken ct)
    {
        if (EventsTwice.Befalls(strict, instanceId, message))
            await inner.SendAsync(instanceId, message, ct).ConfigureAwait(false);
        return await inner.SendAsync(instanceId, message, ct).ConfigureAwait(false);
    }

    public LoadedInstance? Load(long key)
    {
        if (inner.Load(key) is not { } instance)
            return null;
        var input = instance.Input;
        return instance with { Input = input with { Arrived = OutOfOrder.Of(strict, input.Arrived, $"{input.InstanceId} {input.History.Count}") } };
    }

    public async Task<TurnReceipt?> CommitAsync(LoadedInstance instance, TurnOutcome outcome)
    {
        outcome = Allowed(outcome);
        foreach (var child in outcome.Turn.Decided.OfType<ChildScheduled>().Where(child => inner.Get(child.InstanceId, payloads: false) is null))
            _late.Unborn(child.InstanceId);
        if (inner.Get(instance.Input.InstanceId, payloads: true) is { } before)
            _late.Turn(before, outcome.Turn.Number);
        var receipt = await inner.CommitAsync(instance, FailureText.Crossed(outcome)).ConfigureAwait(false);
        return receipt is null ? null : receipt with { Activities = OutOfOrder.Of(strict, receipt.Activities) };
    }

    public Task<long?> RecordResultAsync(ActivityTask activity, HistoryEvent result) => inner.RecordResultAsync(activity, FailureText.Crossed(result));

    public OrchestrationMetadata? Get(string instanceId, bool payloads) =>
        _late.See(instanceId, inner.Get(instanceId, payloads: true)) is { } seen ? TableView.Of(seen, payloads) : null;

    public Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size)
    {
        var page = inner.Query(query, token, size);
        return new Page<OrchestrationMetadata>([.. page.Values.Select(instance => TableView.Of(instance, query.FetchInputsAndOutputs))], page.ContinuationToken);
    }

    public async Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct)
    {
        var gone = await inner.PurgeAsync(request, ct).ConfigureAwait(false);
        foreach (var id in gone)
            _late.Forget(id);
        return gone;
    }

    public async Task<TurnReceipt> RewindAsync(IReadOnlyList<InstanceRewind> family, string? reason, DateTime now, CancellationToken ct)
    {
        var receipt = await inner.RewindAsync(family, reason, now, ct).ConfigureAwait(false);
        foreach (var instance in family)
            _late.Forget(instance.InstanceId);
        return receipt;
    }

    public IReadOnlyList<TurnRecord>? History(string instanceId) => inner.History(instanceId);

    /// <summary>A child whose id cannot be used ends its caller: nothing else would tell of it.</summary>
    private static TurnOutcome Allowed(TurnOutcome outcome)
    {
        try
        {
            foreach (var child in outcome.Turn.Decided.OfType<ChildScheduled>())
                InstanceIdRule.Demand(child.InstanceId);
            return outcome;
        }
        catch (ArgumentException refused)
        {
            var failed = new ExecutionFailed(TaskFailureDetails.FromException(refused));
            return outcome with { Turn = outcome.Turn with { Decided = [failed] }, Status = OrchestrationRuntimeStatus.Failed };
        }
    }
}
