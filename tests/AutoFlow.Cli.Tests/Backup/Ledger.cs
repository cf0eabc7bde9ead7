using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Tests.Backup;

/// <summary>Support data as small as it can be: effects by their key, each once, and marks of instances that were started.</summary>
internal sealed class Ledger
{
    private readonly string _path;

    public Ledger(string folder)
    {
        _path = Path.Combine(folder, "support.db");
        Run("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS effect (key TEXT PRIMARY KEY, times INTEGER NOT NULL); CREATE TABLE IF NOT EXISTS started (id TEXT PRIMARY KEY)");
    }

    /// <summary>Does something once, however often it is asked for.</summary>
    public void Do(string key) => Run("INSERT OR IGNORE INTO effect (key, times) VALUES ($key, 1)", key);

    /// <summary>Notes that an instance was started.</summary>
    public void Mark(string id) => Run("INSERT OR IGNORE INTO started (id) VALUES ($key)", id);

    public HashSet<string> Effects() => Read("SELECT key FROM effect");

    public HashSet<string> Started() => Read("SELECT id FROM started");

    private HashSet<string> Read(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var found = new HashSet<string>();
        while (reader.Read()) found.Add(reader.GetString(0));
        return found;
    }

    private void Run(string sql, string? key = null)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        if (key is not null) command.Parameters.AddWithValue("$key", key);
        command.ExecuteNonQuery();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false }.ToString());
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA busy_timeout=10000; PRAGMA synchronous=NORMAL";
        command.ExecuteNonQuery();
        return connection;
    }
}
