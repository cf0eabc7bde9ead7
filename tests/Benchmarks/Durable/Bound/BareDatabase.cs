using AutoFlow.Benchmarks.Durable.Measuring;
using SQLitePCL;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>
/// SQLite with nothing around it: prepared statements, rows that are only appended, one thread, no copies. It writes what an engine
/// must write so that nothing is lost, and does nothing else.
/// </summary>
internal sealed class BareDatabase : IDisposable
{
    private readonly bool _turns;
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _instance;
    private readonly sqlite3_stmt _step;
    private readonly sqlite3_stmt _message;
    private readonly sqlite3_stmt _consume;
    private readonly sqlite3_stmt _status;
    private long _instances;
    private long _steps;
    private long _messages;

    /// <summary>Makes a new database.</summary>
    /// <param name="file">Where; nothing is there yet.</param>
    /// <param name="turns">
    /// Whether a turn writes all that an engine's turn writes (what it consumed and asked for, and its status); otherwise only the one
    /// row of its history.
    /// </param>
    public BareDatabase(string file, bool turns)
    {
        _turns = turns;
        Batteries_V2.Init();
        Expect(raw.SQLITE_OK, raw.sqlite3_open(file, out _connection));
        // The log is synced at every commit and checkpointed at SQLite's own 1,000 pages, as the engine does it.
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE instance (key INTEGER PRIMARY KEY, status INTEGER NOT NULL, updated INTEGER NOT NULL)");
        Execute("CREATE TABLE step (key INTEGER PRIMARY KEY, instance INTEGER NOT NULL, event TEXT NOT NULL)");
        Execute("CREATE TABLE message (key INTEGER PRIMARY KEY, instance INTEGER NOT NULL, event TEXT NOT NULL)");
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _instance = Prepare("INSERT INTO instance (key, status, updated) VALUES (?, 0, 0)");
        _step = Prepare("INSERT INTO step (key, instance, event) VALUES (?, ?, ?)");
        _message = Prepare("INSERT INTO message (key, instance, event) VALUES (?, ?, ?)");
        _consume = Prepare("DELETE FROM message WHERE key = ?");
        _status = Prepare("UPDATE instance SET status = ?, updated = ? WHERE key = ?");
    }

    /// <summary>Begins what becomes durable together.</summary>
    public void Begin() => Run(_begin);

    /// <summary>Returns when the disk has it.</summary>
    public void Commit() => Run(_commit);

    /// <summary>One turn of an instance: a new one is made; what waits for it is consumed; history and status are written.</summary>
    /// <param name="instance">The instance; a new one has the key 0.</param>
    /// <param name="asks">Whether it asks for an activity.</param>
    /// <param name="last">Whether it is its last one.</param>
    public void Turn(ref BareInstance instance, bool asks, bool last)
    {
        var isNew = instance.Key == 0;
        if (isNew)
            instance.Key = AddInstance();
        AddStep(instance.Key);
        if (_turns && instance.Message != 0)
            Consume(instance.Message);
        instance.Message = _turns && asks ? AddMessage(instance.Key) : 0;
        if (last || (_turns && !isNew))
            SetStatus(instance.Key, last);
    }

    /// <summary>A message for an instance from outside, durable before its sender goes on.</summary>
    public void Send(ref BareInstance instance)
    {
        if (_turns)
            instance.Message = AddMessage(instance.Key);
        else
            AddStep(instance.Key);
    }

    /// <summary>The turn of a new instance that asks for many activities.</summary>
    public void FanOut(ref BareInstance instance, int calls)
    {
        instance.Key = AddInstance();
        for (var i = 0; i < calls; i++)
        {
            AddStep(instance.Key);
            if (_turns)
                instance.Message = AddMessage(instance.Key);
        }
    }

    /// <summary>Consumes so many of their results, in one turn.</summary>
    public void FanIn(ref BareInstance instance, int calls, bool last)
    {
        for (var i = 0; i < calls; i++)
        {
            AddStep(instance.Key);
            if (_turns)
                Consume(instance.Message--);
        }

        if (last)
            SetStatus(instance.Key, finished: true);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _instance, _step, _message, _consume, _status })
            raw.sqlite3_finalize(statement);
        raw.sqlite3_close(_connection);
    }

    private static void Run(sqlite3_stmt statement)
    {
        Expect(raw.SQLITE_DONE, raw.sqlite3_step(statement));
        raw.sqlite3_reset(statement);
    }

    private static void Expect(int expected, int result)
    {
        if (result != expected)
            throw new InvalidOperationException($"SQLite answered {result} where {expected} was expected: {raw.sqlite3_errstr(result).utf8_to_string()}.");
    }

    private static void Add(sqlite3_stmt insert, long key, long instance)
    {
        raw.sqlite3_bind_int64(insert, 1, key);
        raw.sqlite3_bind_int64(insert, 2, instance);
        raw.sqlite3_bind_text(insert, 3, Payload.Json);
        Run(insert);
    }

    private long AddInstance()
    {
        raw.sqlite3_bind_int64(_instance, 1, ++_instances);
        Run(_instance);
        return _instances;
    }

    private void AddStep(long instance) => Add(_step, ++_steps, instance);

    private long AddMessage(long instance)
    {
        Add(_message, ++_messages, instance);
        return _messages;
    }

    private void Consume(long message)
    {
        raw.sqlite3_bind_int64(_consume, 1, message);
        Run(_consume);
    }

    private void SetStatus(long instance, bool finished)
    {
        raw.sqlite3_bind_int64(_status, 1, finished ? 1 : 0);
        raw.sqlite3_bind_int64(_status, 2, _steps);
        raw.sqlite3_bind_int64(_status, 3, instance);
        Run(_status);
    }

    private void Execute(string sql) => Expect(raw.SQLITE_OK, raw.sqlite3_exec(_connection, sql));

    private sqlite3_stmt Prepare(string sql)
    {
        Expect(raw.SQLITE_OK, raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }
}

/// <summary>An instance in the bare database.</summary>
internal struct BareInstance
{
    /// <summary>Its key; 0 before it is made.</summary>
    public long Key;

    /// <summary>What waits for it, or the last of that; 0 for nothing.</summary>
    public long Message;
}
