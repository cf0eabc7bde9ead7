using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>A store whose reads may be refused.</summary>
/// <param name="inner">Where everything is.</param>
/// <param name="read">Called before each read with the method's name; what it throws is the refusal.</param>
internal sealed class RefusingReads(IOrchestrationStore inner, Action<string> read) : IOrchestrationStore
{
    public void Add(InstanceCommit commit) => inner.Add(commit);

    public StoreKeys Keys() => inner.Keys();

    public LeftWork LeftWork() => inner.LeftWork();

    public InstanceRow? Find(string instanceId)
    {
        read(nameof(Find));
        return inner.Find(instanceId);
    }

    public IReadOnlyList<TurnRecord> Turns(long instance)
    {
        read(nameof(Turns));
        return inner.Turns(instance);
    }

    public IReadOnlyList<string> Children(long instance)
    {
        read(nameof(Children));
        return inner.Children(instance);
    }

    public IReadOnlyList<DurableTimer> Timers(DurableTimer? after, int count)
    {
        read(nameof(Timers));
        return inner.Timers(after, count);
    }

    public OrchestrationMetadata? Get(string instanceId, bool payloads) => inner.Get(instanceId, payloads);

    public Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size) => inner.Query(query, token, size);

    public Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct) => inner.PurgeAsync(request, ct);

    public Task<IReadOnlyDictionary<Running, int>> NoteDeathsAsync(IReadOnlyList<Running> left, CancellationToken ct) => inner.NoteDeathsAsync(left, ct);

    public void Forgive(Running running) => inner.Forgive(running);

    public T? History<T>(string instanceId, Func<StoredHistory, T> read)
        where T : class
        => inner.History(instanceId, read);
}
