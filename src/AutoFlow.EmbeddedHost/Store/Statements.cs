using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    public SqliteConnection Connection => connection;

    private sqlite3 Handle => connection.Handle ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>True between the begin of a transaction and its end; SQLite ends one by itself after some failures.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The statement of a text; prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (!_prepared.TryGetValue(sql, out var statement))
                _prepared.Add(sql, statement = new Statement(Handle, sql));
            return statement;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
        connection.Dispose();
    }
}
