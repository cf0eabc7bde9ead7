using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using AutoFlow.EmbeddedHost.Durable.History;
using AutoFlow.EmbeddedHost.Store;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Tests.Durable.CrashMatrix;

/// <summary>All that these tests know of the tables.</summary>
internal static partial class StoreTables
{
    [GeneratedRegex("""
        ,"stackTrace":"(?:[^"\\]|\\.)*"
        """)]
    private static partial Regex Stack();

    /// <summary>The activities without a recorded result, as <see cref="CrashHost.Repertoire.Flows.Describe"/> names them.</summary>
    public static List<string> WaitingActivities(SqliteConnection connection)
    {
        var waiting = connection.Query(
            "SELECT id || '#' || task || ' ' || name || '(' || coalesce(input, '') || ')' FROM orphan", row => row.GetString(0));
        foreach (var (key, id) in connection.Query(
            "SELECT i.key, i.id FROM busy b JOIN instance i ON i.key = b.instance", row => (row.GetInt64(0), row.GetString(1))))
        {
            var events = connection.Query("SELECT received, decided FROM history WHERE instance = $key ORDER BY number", Events, ("$key", key)).SelectMany(turn => turn)
                .Concat(connection.Query("SELECT event FROM inbox WHERE instance = $key", row => HistoryJson.Read<HistoryEvent>(row.GetString(0)), ("$key", key)))
                .ToList();
            var answered = events.Select(each => each.Answers).OfType<int>().ToHashSet();
            waiting.AddRange(events.OfType<TaskScheduled>().Where(task => !answered.Contains(task.TaskId)).Select(task => $"{id}#{task.TaskId} {task.Name}({task.Input})"));
        }

        return waiting;

        static IEnumerable<HistoryEvent> Events(SqliteDataReader row)
            => HistoryJson.Read<List<HistoryEvent>>(row.GetString(0)).Concat(HistoryJson.Read<List<HistoryEvent>>(row.GetString(1)));
    }

    /// <summary>False in a file that was cut off before its schema was there.</summary>
    public static bool HasTables(SqliteConnection connection) => (long)connection.Scalar("SELECT count(*) FROM sqlite_master WHERE name = 'busy'")! == 1;

    /// <summary>Nothing waits any more but timers that nobody needs, and the file is sound.</summary>
    public static bool AssertNothingIsLeft(SqliteConnection connection)
    {
        foreach (var table in new[] { "inbox", "busy", "orphan", "timer" })
            Assert.Equal((table, 0L), (table, connection.Scalar($"SELECT count(*) FROM {table}")));
        AssertSound(connection);
        return true;
    }

    /// <summary>SQLite finds nothing wrong.</summary>
    public static bool AssertSound(SqliteConnection connection)
    {
        Assert.Equal("ok", connection.Scalar("PRAGMA integrity_check"));
        return true;
    }

    /// <summary>Reads a file by a connection of its own.</summary>
    public static T Look<T>(string path, Func<SqliteConnection, T> read)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return read(connection);
    }

    /// <summary>Reads a copy of a file that nobody has open: the file itself is left as a crash left it, for the host to recover.</summary>
    public static T LookAtCopy<T>(string path, Func<SqliteConnection, T> read)
    {
        var copy = path + ".copy";
        foreach (var end in new[] { "", "-wal" }.Where(end => File.Exists(path + end)))
            File.Copy(path + end, copy + end);
        try
        {
            return Look(copy, read);
        }
        finally
        {
            foreach (var file in Directory.GetFiles(Path.GetDirectoryName(copy)!, Path.GetFileName(copy) + "*"))
                File.Delete(file);
        }
    }

    /// <summary>All rows of all tables as one hash, whatever the tables are.</summary>
    public static string Contents(SqliteConnection connection)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in connection.Query("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name", row => row.GetString(0)))
        {
            foreach (var line in connection.Query($"SELECT * FROM {table}", Line).Order(StringComparer.Ordinal))
                hash.AppendData(Encoding.UTF8.GetBytes(line));
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        static string Line(SqliteDataReader row) => string.Join('|', Enumerable.Range(0, row.FieldCount).Select(row.GetValue)) + "\n";
    }

    /// <summary>The numbers of the first and the newest of the durable engine's scripts.</summary>
    public static string SchemaName(SqliteConnection connection)
        => "001-" + ((string)connection.Scalar("SELECT max(name) FROM schema_script")!)[..3];

    /// <summary>Takes out the stacks of failures, which name the folders of whoever built it.</summary>
    public static void RemoveStacks(SqliteConnection connection)
    {
        connection.CreateFunction("without_stacks", (string? json) => json is null ? null : Stack().Replace(json, ""), isDeterministic: true);
        foreach (var (table, column) in new[] { ("history", "received"), ("history", "decided"), ("inbox", "event"), ("instance", "failure") })
            connection.Execute($"UPDATE {table} SET {column} = without_stacks({column}) WHERE {column} LIKE '%\"stackTrace\"%'");
        connection.Execute("VACUUM");
    }

    /// <summary>Each task has one result at most.</summary>
    public static void ResultsAreUnique(this IReadOnlyList<TurnRecord> history)
    {
        var results = history.SelectMany(turn => turn.Received)
            .Select(received => received is TaskCompleted done ? done.TaskId : received is TaskFailed failed ? failed.TaskId : (int?)null)
            .OfType<int>()
            .ToList();
        Assert.Equal(results.Distinct(), results);
    }
}
