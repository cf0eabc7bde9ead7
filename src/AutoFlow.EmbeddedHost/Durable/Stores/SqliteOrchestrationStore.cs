using AutoFlow.EmbeddedHost.Durable.Engine;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Durable.Tracing;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace AutoFlow.EmbeddedHost.Durable.Stores;

/// <summary>Orchestrations in the host's SQLite database.</summary>
internal sealed class SqliteOrchestrationStore(HostDatabase database) : IOrchestrationStore
{
    private const string InstanceColumns = "key, id, name, version, generation, status, parent, parent_generation, parent_task, output";

    private static readonly string[] InstanceKeys =
    [
        "SELECT coalesce(max(key), 0) FROM instance",
        "SELECT coalesce(max(parent), 0) FROM instance WHERE parent IS NOT NULL",
        "SELECT coalesce(max(instance), 0) FROM inbox",
        "SELECT coalesce(max(instance), 0) FROM orphan",
    ];

    public void Add(InstanceCommit commit) => database.Add(commit);

    public StoreKeys Keys() => database.Look(reader => new StoreKeys(
        // Also above those of instances that are purged and still named: no answer may find another instance under an old key.
        InstanceKeys.Max(sql => Number(reader, sql)) + 1,
        Math.Max(0, Number(reader, "SELECT coalesce(max(key), 0) FROM inbox")) + 1,
        Math.Min(0, Number(reader, "SELECT coalesce(min(key), 0) FROM inbox")) - 1));

    public LeftWork LeftWork() => database.Look(reader => new LeftWork(
        Rows(reader["SELECT i.id FROM busy b JOIN instance i ON i.key = b.instance ORDER BY b.instance"], row => row.Text(0)!),
        Rows(reader["SELECT key, id, instance, generation, event, start FROM inbox ORDER BY key"], ReadMessage),
        Rows(reader["SELECT instance, generation, task, id, name, input, trace FROM orphan ORDER BY instance, generation, task"], ReadOrphan)));

    public InstanceRow? Find(string instanceId) => database.Look(reader =>
        Rows(reader[$"SELECT {InstanceColumns} FROM instance WHERE id = ?1"].Bind(1, instanceId), ReadInstance).FirstOrDefault());

    public IReadOnlyList<TurnRecord> Turns(long instance) => database.Look(reader => Turns(reader, instance).ToList());

    public IReadOnlyList<string> Children(long instance) => database.Look(reader =>
        Rows(reader["SELECT id FROM instance WHERE parent = ?1 ORDER BY key"].Bind(1, instance), row => row.Text(0)!));

    public IReadOnlyList<DurableTimer> Timers(DurableTimer? after, int count) => database.Look(reader => Rows(
        reader[
            """
            SELECT t.fire_at, t.instance, t.task, i.id, t.event FROM timer t JOIN instance i ON i.key = t.instance
            WHERE (t.fire_at, t.instance, t.task) > (?1, ?2, ?3) ORDER BY t.fire_at, t.instance, t.task LIMIT ?4
            """]
            .Bind(1, after?.FireAt.Ticks ?? -1)
            .Bind(2, after?.Instance ?? 0)
            .Bind(3, (long)(after?.Task ?? 0))
            .Bind(4, (long)count),
        row => new DurableTimer(
            Utc(row.Int64(0)),
            row.Int64(1),
            row.Int32(2),
            row.Text(3)!,
            row.IsNull(4) ? null : (ExecutionStarted)HistoryJson.Read<HistoryEvent>(row.Utf8(4)))));

    public OrchestrationMetadata? Get(string instanceId, bool payloads) => database.Look(reader => InstanceQueries.Get(reader, instanceId, payloads));

    public Page<OrchestrationMetadata> Query(OrchestrationQuery query, string? token, int size)
        => database.Read(connection => InstanceQueries.Query(connection, query, token, size));

    public async Task<IReadOnlyList<string>> PurgeAsync(PurgeRequest request, CancellationToken ct)
    {
        var gone = new List<string>();
        foreach (var bite in database.Look(reader => InstanceQueries.Finished(reader, request)).Chunk(InstanceQueries.PurgedPerCommit))
            gone.AddRange(await database.ChangeAsync(writer => InstanceQueries.Purge(writer, bite, request.Recursive), ct).ConfigureAwait(false));
        if (database.Look(reader => Number(reader, "SELECT EXISTS (SELECT 1 FROM suspect)")) != 0)
            await database.ChangeAsync(writer => PurgeDeaths(writer, request.InstanceId), ct).ConfigureAwait(false);
        return gone;
    }

    public T? History<T>(string instanceId, Func<StoredHistory, T> read)
        where T : class
        => database.Look(reader =>
        {
            // One snapshot: the instance may be purged, and another take its id.
            using var snapshot = reader.Connection.BeginTransaction(deferred: true);
            return Rows(reader["SELECT key, generation FROM instance WHERE id = ?1"].Bind(1, instanceId), row => (Key: row.Int64(0), Generation: row.Int32(1))) is [var found]
                ? read(new StoredHistory(found.Key, found.Generation, Turns(reader, found.Key)))
                : null;
        });

    public async Task<IReadOnlyDictionary<Running, int>> NoteDeathsAsync(IReadOnlyList<Running> left, CancellationToken ct)
    {
        if (left.Count > 0)
            await database.ChangeAsync(writer => NoteDeaths(writer, left), ct).ConfigureAwait(false);
        return database.Look(reader => Rows(
            reader["SELECT id, generation, task, deaths FROM suspect"],
            row => (Running: new Running(row.Text(0)!, row.Int32(1), row.Int32(2)), Deaths: row.Int32(3)))).ToDictionary(row => row.Running, row => row.Deaths);
    }

    public void Forgive(Running running) => _ = database.ChangeAsync(writer =>
    {
        writer["DELETE FROM suspect WHERE id = ?1 AND generation = ?2 AND task = ?3"]
            .Bind(1, running.InstanceId).Bind(2, (long)running.Generation).Bind(3, (long)running.Task).Run();
        return true;
    });

    private static bool NoteDeaths(Statements writer, IReadOnlyList<Running> left)
    {
        foreach (var running in left)
        {
            writer["INSERT INTO suspect (id, generation, task, deaths) VALUES (?1, ?2, ?3, 1) ON CONFLICT DO UPDATE SET deaths = deaths + 1"]
                .Bind(1, running.InstanceId).Bind(2, (long)running.Generation).Bind(3, (long)running.Task).Run();
        }

        // Activities that nobody asks for any more. A turn that was the first of its instance has left nothing else than this.
        writer["DELETE FROM suspect WHERE task <> -1 AND id NOT IN (SELECT id FROM instance WHERE status IN (0, 6, 7) UNION ALL SELECT id FROM orphan)"].Run();
        return true;
    }

    // Of first turns that nothing else is left of, where their ids have not come again.
    private static bool PurgeDeaths(Statements writer, string? instanceId)
    {
        writer["DELETE FROM suspect WHERE (?1 IS NULL OR id = ?1) AND task = -1 AND id NOT IN (SELECT id FROM instance UNION ALL SELECT id FROM inbox)"]
            .Bind(1, instanceId).Run();
        return true;
    }

    private static IEnumerable<TurnRecord> Turns(Statements reader, long instance) => Each(
        reader["SELECT number, at, received, decided FROM history WHERE instance = ?1 ORDER BY number"].Bind(1, instance),
        row => new TurnRecord(row.Int32(0), Utc(row.Int64(1)), HistoryJson.Events(row.Utf8(2)), HistoryJson.Events(row.Utf8(3))));

    private static Message ReadMessage(Statement row)
    {
        var id = row.Text(1)!;
        var happened = HistoryJson.Read<HistoryEvent>(row.Utf8(4));
        Message message = !row.IsNull(5)
            ? new StartMessage(HistoryJson.Read<NewInstance>(row.Utf8(5)))
            : row.IsNull(2)
                ? new SignalMessage(id, happened)
                : new AnswerMessage(id, new TaskOf(row.Int64(2), row.Int32(3), happened.Answers ?? DurableTimer.Start), happened);
        message.InboxKey = row.Int64(0);
        message.IsStored = true;
        return message;
    }

    private static ActivityTask ReadOrphan(Statement row) => new(
        new TaskOf(row.Int64(0), row.Int32(1), row.Int32(2)),
        new ActivityInvocation(row.Text(4)!, row.Text(3)!, row.Int32(2), row.Text(5))
        {
            Trace = row.IsNull(6) ? null : HistoryJson.Read<InstanceTrace>(row.Utf8(6)),
        });

    private static InstanceRow ReadInstance(Statement row) => new(
        row.Int64(0),
        row.Text(1)!,
        row.Text(2)!,
        row.Text(3),
        row.Int32(4),
        (OrchestrationRuntimeStatus)row.Int32(5),
        row.IsNull(6) ? null : new TaskOf(row.Int64(6), row.Int32(7), row.Int32(8)))
    {
        Output = row.Text(9),
    };

    private static List<T> Rows<T>(Statement statement, Func<Statement, T> read) => [.. Each(statement, read)];

    /// <summary>Rows one by one; the statement is ready for the next time when the last is read, or nobody wants more.</summary>
    private static IEnumerable<T> Each<T>(Statement statement, Func<Statement, T> read)
    {
        try
        {
            while (statement.Read())
                yield return read(statement);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static long Number(Statements reader, string sql) => Rows(reader[sql], row => row.Int64(0))[0];

    private static DateTime Utc(long ticks) => new(ticks, DateTimeKind.Utc);
}
