using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>
/// Where orchestrations are kept. It decides nothing: the engine holds the instances at work in memory and adds what they do; commits
/// become durable in the order in which they were added. Reads see what is durable. Safe for use from many threads.
/// </summary>
internal interface IOrchestrationStore
{
    /// <summary>Adds a commit. Its <see cref="InstanceCommit.Ended"/> is called when it is durable, or cannot be.</summary>
    void Add(InstanceCommit commit);

    /// <summary>The keys from which the engine goes on giving out. Read once, before the first commit.</summary>
    StoreKeys Keys();

    /// <summary>What an ended process has left to do, but for timers. Read once, before the first commit.</summary>
    LeftWork LeftWork();

    /// <summary>An instance; null where there is none of that id.</summary>
    InstanceRow? Find(string instanceId);

    /// <summary>The turns of an instance's present generation, in order.</summary>
    IReadOnlyList<TurnRecord> Turns(long instance);

    /// <summary>The ids of the instances that an instance has called and that are kept.</summary>
    IReadOnlyList<string> Children(long instance);

    /// <summary>Timers in the order of their times, from after one of them on.</summary>
    /// <param name="after">The last one seen; null for the first page.</param>
    /// <param name="count">How many at the most.</param>
    IReadOnlyList<DurableTimer> Timers(DurableTimer? after, int count);

    /// <summary>An instance as clients see it; null where it is unknown.</summary>
    OrchestrationMetadata? Get(string instanceId, bool payloads);

    /// <summary>A page of instances in the order of their creation.</summary>
    Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size);

    /// <summary>Deletes finished instances, a few in each commit; the ids of those that are gone.</summary>
    Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct);

    /// <summary>Counts a death of each of what ran; how often each has died that is still to run.</summary>
    Task<IReadOnlyDictionary<Running, int>> NoteDeathsAsync(IReadOnlyList<Running> left, CancellationToken ct);

    /// <summary>Forgets the deaths of something. Not waited for.</summary>
    void Forgive(Running running);

    /// <summary>Goes through the history of an instance's present generation, as far as the reader does; null where the instance is unknown.</summary>
    /// <param name="instanceId">The instance.</param>
    /// <param name="read">Called on this thread, with all that is durable at one moment. It keeps nothing of what it is given, and asks for nothing else.</param>
    T? History<T>(string instanceId, Func<StoredHistory, T> read)
        where T : class;
}

/// <summary>The first keys that are free.</summary>
/// <param name="Instance">Of instances, counting up.</param>
/// <param name="Inbox">Of messages, counting up.</param>
/// <param name="InboxFront">Of messages that come before all others, counting down.</param>
internal readonly record struct StoreKeys(long Instance, long Inbox, long InboxFront);

/// <summary>What an ended process has left to do.</summary>
/// <param name="Busy">The ids of instances that wait for activities.</param>
/// <param name="Inbox">Messages that no turn has taken, in order.</param>
/// <param name="Orphans">Activities of which nobody waits for the result.</param>
internal sealed record LeftWork(IReadOnlyList<string> Busy, IReadOnlyList<Message> Inbox, IReadOnlyList<ActivityTask> Orphans);

/// <summary>A history, not all of it in memory.</summary>
/// <param name="Instance">The instance's key: one that was started anew has another.</param>
/// <param name="Generation">Counts how often it started over or was rewound.</param>
/// <param name="Turns">Its turns in order, each read when it is asked for.</param>
internal sealed record StoredHistory(long Instance, int Generation, IEnumerable<TurnRecord> Turns);

/// <summary>What to purge: one instance, or all that a filter names.</summary>
internal sealed record PurgeRequest(string? InstanceId, PurgeInstancesFilter? Filter, bool Recursive);
