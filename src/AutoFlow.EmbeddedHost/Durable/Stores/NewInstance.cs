using System.Collections.Frozen;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>An instance that somebody wants to start.</summary>
/// <param name="InstanceId">Its id.</param>
/// <param name="Started">Its first event.</param>
/// <param name="Tags">Its labels; null for none.</param>
/// <param name="StartAt">When it starts, UTC; null for at once.</param>
/// <param name="Parent">Whose call it is; null for a client's.</param>
internal sealed record NewInstance(
    string InstanceId, ExecutionStarted Started, IReadOnlyDictionary<string, string>? Tags = null, DateTime? StartAt = null, TaskOf? Parent = null)
{
    /// <summary>
    /// Why the call is made once more: the caller was taken back. Its child then goes on or answers again, and is started where it is gone.
    /// Null for a call of its own.
    /// </summary>
    public ExecutionRewound? Again { get; init; }

    /// <summary>The finished statuses in which an earlier instance of the same id forbids it; live ones always do.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlySet<OrchestrationRuntimeStatus> ForbiddenBy { get; init; } = FrozenSet<OrchestrationRuntimeStatus>.Empty;
}

/// <summary>A task of one generation of an instance: who waits for an answer.</summary>
/// <param name="Instance">The instance's key.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Task">The task's number in it.</param>
internal readonly record struct TaskOf(long Instance, int Generation, int Task);

/// <summary>An instance that was started, or the status of the one that forbade it.</summary>
internal readonly record struct StartReceipt(OrchestrationRuntimeStatus? ForbiddenBy);

/// <summary>Where a message to an instance went.</summary>
internal enum Delivery
{
    /// <summary>Into its history, or where it waits for the instance.</summary>
    Delivered,

    /// <summary>Nowhere: it is finished.</summary>
    Finished,

    /// <summary>Nowhere: there is no such instance.</summary>
    Unknown,

    /// <summary>Nowhere: too many events wait for it already.</summary>
    Full,
}
