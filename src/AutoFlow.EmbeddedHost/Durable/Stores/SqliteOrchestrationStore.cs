using AutoFlow.EmbeddedHost.Durable.Execution;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>Orchestrations in the host's SQLite file.</summary>
internal sealed class SqliteOrchestrationStore(HostDatabase database) : IOrchestrationStore
{
    /// <summary>The most timers that one commit fires.</summary>
    private const int TimersPerCommit = 256;

    public IReadOnlyList<long> ReadyInstances() => database.Read(connection => connection.Query(
        "SELECT instance FROM inbox GROUP BY instance ORDER BY min(key)", row => row.GetInt64(0)));

    public IReadOnlyList<ActivityTask> WaitingActivities() => database.Read(connection => connection.Query(
        "SELECT a.key, a.name, i.id, a.task, a.input, a.trace FROM activity a JOIN instance i ON i.key = a.instance ORDER BY a.key",
        row => new ActivityTask(row.GetInt64(0), new ActivityInvocation(row.GetString(1), row.GetString(2), row.GetInt32(3), row.Text(4))
        {
            Trace = row.Text(5) is { } trace ? HistoryJson.Read<InstanceTrace>(trace) : null,
        })));

    public DateTime? NextTimer() => database.Read(connection => connection.Scalar("SELECT min(fire_at) FROM timer")) is long ticks ? Utc(ticks) : null;

    public Task<IReadOnlyList<long>> FireTimersAsync(DateTime now) => database.WriteAsync<IReadOnlyList<long>>(connection =>
    {
        var due = connection.Query(
            "SELECT key, instance, task, event FROM timer WHERE fire_at <= $now ORDER BY fire_at, key LIMIT $limit",
            row => (Key: row.GetInt64(0), Instance: row.GetInt64(1), OfTask: !row.IsDBNull(2), Event: row.GetString(3)),
            ("$now", now.Ticks),
            ("$limit", TimersPerCommit));
        foreach (var timer in due)
        {
            connection.Execute(
                "INSERT INTO inbox (instance, of_task, event) VALUES ($instance, $of_task, $event)",
                ("$instance", timer.Instance),
                ("$of_task", timer.OfTask ? 1 : 0),
                ("$event", timer.Event));
            connection.Execute("DELETE FROM timer WHERE key = $key", ("$key", timer.Key));
        }

        return [.. due.Select(timer => timer.Instance)];
    });

    public Task<StartReceipt> StartAsync(NewInstance instance, DateTime now, CancellationToken ct)
        => database.WriteAsync(connection => InstanceRows.Start(connection, instance, now), ct);

    public Task<(Delivery Delivery, long Key)> SendAsync(string instanceId, HistoryEvent message, CancellationToken ct)
        => database.WriteAsync(
            connection =>
            {
                if (InstanceRows.Find(connection, instanceId) is not { } instance)
                    return (Delivery.Unknown, 0L);
                if (InstanceRows.IsFinished(instance.Status))
                    return (Delivery.Finished, instance.Key);
                InstanceRows.Deliver(connection, instance.Key, ofTask: false, message);
                return (Delivery.Delivered, instance.Key);
            },
            ct);

    public LoadedInstance? Load(long key) => database.Read(connection =>
    {
        // One snapshot: history and inbox change together.
        using var snapshot = connection.BeginTransaction(deferred: true);
        var instances = connection.Query(
            "SELECT id, name, status FROM instance WHERE key = $key",
            row => (Id: row.GetString(0), Name: row.GetString(1), Status: (OrchestrationRuntimeStatus)row.GetInt32(2)),
            ("$key", key));
        if (instances.Count == 0)
            return null;
        var inbox = connection.Query(
            "SELECT key, event FROM inbox WHERE instance = $key ORDER BY key",
            row => (Key: row.GetInt64(0), Event: HistoryJson.Read<HistoryEvent>(row.GetString(1))),
            ("$key", key));
        var input = new TurnInput(instances[0].Id, Turns(connection, key), [.. inbox.Select(message => message.Event)]);
        return new LoadedInstance(key, inbox.Count == 0 ? long.MinValue : inbox[^1].Key, instances[0].Name, instances[0].Status, input);
    });

    public Task<TurnReceipt?> CommitAsync(LoadedInstance instance, TurnOutcome outcome)
        => database.WriteAsync(connection => new TurnCommit(connection, instance, outcome).Apply());

    public Task<long?> RecordResultAsync(ActivityTask activity, HistoryEvent result) => database.WriteAsync(connection =>
    {
        var waiting = connection.Query(
            "DELETE FROM activity WHERE key = $key RETURNING instance, generation",
            row => (Instance: row.GetInt64(0), Generation: row.GetInt32(1)),
            ("$key", activity.Key));
        if (waiting.Count == 0
            || InstanceRows.Find(connection, waiting[0].Instance) is not { } instance
            || instance.Generation != waiting[0].Generation
            || InstanceRows.IsFinished(instance.Status))
        {
            return (long?)null;
        }

        InstanceRows.Deliver(connection, instance.Key, ofTask: true, result);
        return instance.Key;
    });

    public OrchestrationMetadata? Get(string instanceId, bool payloads)
        => database.Read(connection => InstanceQueries.Get(connection, instanceId, payloads));

    public Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size)
        => database.Read(connection => InstanceQueries.Query(connection, query, token, size));

    public Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct)
        => database.WriteAsync(connection => InstanceQueries.Purge(connection, request), ct);

    public Task<TurnReceipt> RewindAsync(IReadOnlyList<InstanceRewind> family, string? reason, DateTime now, CancellationToken ct)
        => database.WriteAsync(connection => new RewindCommit(connection, family, reason, now).Apply(), ct);

    public IReadOnlyList<TurnRecord>? History(string instanceId) => database.Read(connection =>
        InstanceRows.Find(connection, instanceId) is { } instance ? Turns(connection, instance.Key) : null);

    private static List<TurnRecord> Turns(SqliteConnection connection, long key) => connection.Query(
        "SELECT number, at, received, decided FROM turn WHERE instance = $key ORDER BY number",
        row => new TurnRecord(
            row.GetInt32(0),
            Utc(row.GetInt64(1)),
            HistoryJson.Read<List<HistoryEvent>>(row.GetString(2)),
            HistoryJson.Read<List<HistoryEvent>>(row.GetString(3))),
        ("$key", key));

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
