using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>An instance that a client wants to start.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Started">Its first event.</param>
/// <param name="Tags">Its labels.</param>
/// <param name="StartAt">When it starts, UTC; null for at once.</param>
/// <param name="ForbiddenBy">The finished statuses in which an earlier instance of the same id forbids it; live ones always do.</param>
internal sealed record NewInstance(
    string InstanceId,
    ExecutionStarted Started,
    IReadOnlyDictionary<string, string> Tags,
    DateTime? StartAt,
    IReadOnlySet<OrchestrationRuntimeStatus> ForbiddenBy);

/// <summary>An instance that was started, or what forbade it.</summary>
internal readonly record struct StartReceipt(long Key, OrchestrationRuntimeStatus? ForbiddenBy);

/// <summary>Where a message to an instance went.</summary>
internal enum Delivery
{
    /// <summary>Into its inbox.</summary>
    Delivered,

    /// <summary>Nowhere: it is finished.</summary>
    Finished,

    /// <summary>Nowhere: there is no such instance.</summary>
    Unknown,
}

/// <summary>An activity that waits to run.</summary>
internal sealed record ActivityTask(long Key, ActivityInvocation Invocation);

/// <summary>An instance and all that its next turn needs.</summary>
/// <param name="Key">Its key.</param>
/// <param name="LastMessage">The key of the last message read.</param>
/// <param name="Name">The orchestrator's name.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Input">The turn's input.</param>
internal sealed record LoadedInstance(long Key, long LastMessage, string Name, OrchestrationRuntimeStatus Status, TurnInput Input);

/// <summary>What followed from a committed turn.</summary>
/// <param name="Activities">Activities to run.</param>
/// <param name="FirstTimer">The earliest new timer, UTC; null for none.</param>
/// <param name="Woken">Instances that have something in their inbox.</param>
internal sealed record TurnReceipt(IReadOnlyList<ActivityTask> Activities, DateTime? FirstTimer, IReadOnlyList<long> Woken);

/// <summary>Where orchestrations are kept. Every method that changes something is one durable commit.</summary>
internal interface IOrchestrationStore
{
    /// <summary>All instances that have something in their inbox.</summary>
    IReadOnlyList<long> ReadyInstances();

    /// <summary>All activities without a result.</summary>
    IReadOnlyList<ActivityTask> WaitingActivities();

    /// <summary>The earliest timer, UTC; null where there is none.</summary>
    DateTime? NextTimer();

    /// <summary>Moves the first of the timers that are due into the inboxes; the instances to wake. More may be due.</summary>
    Task<IReadOnlyList<long>> FireTimersAsync(DateTime now);

    Task<StartReceipt> StartAsync(NewInstance instance, DateTime now, CancellationToken ct);

    /// <summary>Puts a message into an instance's inbox.</summary>
    Task<(Delivery Delivery, long Key)> SendAsync(string instanceId, HistoryEvent message, CancellationToken ct);

    /// <summary>An instance with its history and inbox; null where it is gone.</summary>
    LoadedInstance? Load(long key);

    /// <summary>Records a turn with all that follows from it, and removes the messages that it consumed. Null where the instance is gone.</summary>
    Task<TurnReceipt?> CommitAsync(LoadedInstance instance, TurnOutcome outcome);

    /// <summary>Records an activity's result; the instance to wake, or null where a result was there before or nobody waits for it.</summary>
    Task<long?> RecordResultAsync(ActivityTask activity, HistoryEvent result);

    /// <summary>An instance; null where it is unknown.</summary>
    OrchestrationMetadata? Get(string instanceId, bool payloads);

    /// <summary>A page of instances in the order of their creation.</summary>
    Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size);

    /// <summary>Deletes finished instances; the ids of those that are gone.</summary>
    Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct);

    /// <summary>Takes failed instances back, and brings about again what they wait for; all of them or none.</summary>
    /// <exception cref="InvalidOperationException">One of them has changed since it was read.</exception>
    Task<TurnReceipt> RewindAsync(IReadOnlyList<InstanceRewind> family, string? reason, DateTime now, CancellationToken ct);

    /// <summary>The history of an instance's present generation; null where it is unknown.</summary>
    IReadOnlyList<TurnRecord>? History(string instanceId);
}

/// <summary>What to purge: one instance, or all that a filter names.</summary>
internal sealed record PurgeRequest(string? InstanceId, PurgeInstancesFilter? Filter, bool Recursive);
