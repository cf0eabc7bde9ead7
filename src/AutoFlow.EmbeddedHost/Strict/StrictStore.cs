using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Stores;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;

namespace AutoFlow.EmbeddedHost.Strict;

/// <summary>A store that clients see as they see Azure Storage's: late, and with less of a failure. What is stored is what the inner store has.</summary>
internal sealed class StrictStore(IOrchestrationStore inner, StrictOptions strict, TimeProvider time) : IOrchestrationStore
{
    private readonly LateReads _late = new(strict, time);

    public void Add(InstanceCommit commit)
    {
        foreach (var child in commit.Sent.OfType<StartMessage>().Where(child => inner.Get(child.InstanceId, payloads: false) is null))
            _late.Unborn(child.InstanceId);
        if (commit.Created is { Parent: null })
            _late.Forget(commit.InstanceId);
        if (commit.Turn is { } turn && Before(commit) is { } before)
            _late.Turn(before, turn.Number);
        inner.Add(commit);
    }

    public StoreKeys Keys() => inner.Keys();

    public LeftWork LeftWork() => inner.LeftWork();

    public InstanceRow? Find(string instanceId) => inner.Find(instanceId);

    public IReadOnlyList<TurnRecord> Turns(long instance) => inner.Turns(instance);

    public IReadOnlyList<string> Children(long instance) => inner.Children(instance);

    public IReadOnlyList<DurableTimer> Timers(DurableTimer? after, int count) => inner.Timers(after, count);

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

    public Task<IReadOnlyDictionary<Running, int>> NoteDeathsAsync(IReadOnlyList<Running> left, CancellationToken ct) => inner.NoteDeathsAsync(left, ct);

    public void Forgive(Running running) => inner.Forgive(running);

    public T? History<T>(string instanceId, Func<StoredHistory, T> read)
        where T : class
        => inner.History(instanceId, read);

    /// <summary>The instance as it is before a commit. One that starts with it has had a row of its own there: start and first turn are two.</summary>
    private OrchestrationMetadata? Before(InstanceCommit commit) => commit.Created is not { } row
        ? inner.Get(commit.InstanceId, payloads: true)
        : new OrchestrationMetadata(row.Name, row.Id)
        {
            RuntimeStatus = OrchestrationRuntimeStatus.Pending,
            CreatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
            LastUpdatedAt = new DateTimeOffset(row.CreatedAt, TimeSpan.Zero),
            Tags = row.Tags is { } tags ? HistoryJson.Read<Dictionary<string, string>>(tags) : new Dictionary<string, string>(),
            DataConverter = JsonDataConverter.Default,
            SerializedInput = row.Input,
        };
}
