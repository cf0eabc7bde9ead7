using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>One connection with its prepared statements. For one thread at a time.</summary>
internal sealed class Statements(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, Statement> _prepared = new(StringComparer.Ordinal);

    // A literal is found by its reference: the texts are long, and each step of an instance asks for a few.
    private readonly Dictionary<object, Statement> _literals = new(ReferenceEqualityComparer.Instance);

    public SqliteConnection Connection => connection;

    private sqlite3 Handle => connection.Handle ?? throw new InvalidOperationException("The connection is not open.");

    /// <summary>True between the begin of a transaction and its end; SQLite ends one by itself after some failures.</summary>
    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    /// <summary>The statement of a text; prepared at its first use.</summary>
    public Statement this[string sql]
    {
        get
        {
            if (_literals.TryGetValue(sql, out var statement))
                return statement;
            if (!_prepared.TryGetValue(sql, out statement))
                _prepared.Add(sql, statement = new Statement(Handle, sql));
            if (ReferenceEquals(string.IsInterned(sql), sql))
                _literals.Add(sql, statement);
            return statement;
        }
    }

    public void Dispose()
    {
        foreach (var statement in _prepared.Values)
            statement.Dispose();
        _prepared.Clear();
        _literals.Clear();
        connection.Dispose();
    }
}
