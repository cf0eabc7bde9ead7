using AutoFlow.Benchmarks.Durable.Measuring;
using SQLitePCL;

namespace AutoFlow.Benchmarks.Durable.Bound;

/// <summary>
/// SQLite with nothing around it: prepared statements, rows that are only appended, one thread. Whatever an engine on this file system
/// does for a step, it cannot write less than one row of it.
/// </summary>
internal sealed class BareDatabase : IDisposable
{
    private readonly sqlite3 _connection;
    private readonly sqlite3_stmt _begin;
    private readonly sqlite3_stmt _commit;
    private readonly sqlite3_stmt _instance;
    private readonly sqlite3_stmt _step;
    private readonly sqlite3_stmt _finish;
    private long _instances;
    private long _steps;

    /// <summary>Makes a new database.</summary>
    /// <param name="file">Where; nothing is there yet.</param>
    public BareDatabase(string file)
    {
        Batteries_V2.Init();
        Expect(raw.SQLITE_OK, raw.sqlite3_open(file, out _connection));
        // The log is synced at every commit and checkpointed at SQLite's own 1,000 pages, as the engine does it.
        Execute("PRAGMA journal_mode=WAL");
        Execute("PRAGMA synchronous=FULL");
        Execute("CREATE TABLE instance (key INTEGER PRIMARY KEY, status INTEGER NOT NULL)");
        Execute("CREATE TABLE step (key INTEGER PRIMARY KEY, instance INTEGER NOT NULL, event TEXT NOT NULL)");
        _begin = Prepare("BEGIN IMMEDIATE");
        _commit = Prepare("COMMIT");
        _instance = Prepare("INSERT INTO instance (key, status) VALUES (?, 0)");
        _step = Prepare("INSERT INTO step (key, instance, event) VALUES (?, ?, ?)");
        _finish = Prepare("UPDATE instance SET status = 1 WHERE key = ?");
    }

    /// <summary>Begins what becomes durable together.</summary>
    public void Begin() => Run(_begin);

    /// <summary>Returns when the disk has it.</summary>
    public void Commit() => Run(_commit);

    /// <summary>A new instance's row; its key.</summary>
    public long AddInstance()
    {
        raw.sqlite3_bind_int64(_instance, 1, ++_instances);
        Run(_instance);
        return _instances;
    }

    /// <summary>The row of one logical step.</summary>
    public void AddStep(long instance)
    {
        raw.sqlite3_bind_int64(_step, 1, ++_steps);
        raw.sqlite3_bind_int64(_step, 2, instance);
        raw.sqlite3_bind_text(_step, 3, Payload.Json);
        Run(_step);
    }

    /// <summary>Notes that an instance is completed.</summary>
    public void Finish(long instance)
    {
        raw.sqlite3_bind_int64(_finish, 1, instance);
        Run(_finish);
    }

    public void Dispose()
    {
        foreach (var statement in new[] { _begin, _commit, _instance, _step, _finish })
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

    private void Execute(string sql) => Expect(raw.SQLITE_OK, raw.sqlite3_exec(_connection, sql));

    private sqlite3_stmt Prepare(string sql)
    {
        Expect(raw.SQLITE_OK, raw.sqlite3_prepare_v3(_connection, sql, raw.SQLITE_PREPARE_PERSISTENT, out var statement));
        return statement;
    }
}
