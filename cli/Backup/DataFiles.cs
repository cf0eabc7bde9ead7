using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Backup;

/// <summary>The databases of a data folder. What else lies there can be made again: models, and the sample shop's own data.</summary>
internal static class DataFiles
{
    /// <summary>The embedded host's: instances with their histories, queues, timers, function keys.</summary>
    public const string Host = "host.db";

    /// <summary>The support data: messages, conversations, replies, tickets, the ledger. Not there where PostgreSQL keeps them.</summary>
    public const string Support = "support.db";

    /// <summary>How long a connection waits for somebody else's write.</summary>
    private const int PatienceInSeconds = 30;

    /// <summary>What SQLite keeps beside a database.</summary>
    public static IReadOnlyList<string> Beside(string name) => [name + "-wal", name + "-shm", name + "-journal"];

    /// <summary>What the host marks beside its database: what ran when it last stopped, and which process it was.</summary>
    public static IReadOnlyList<string> Marks { get; } = [Host + ".running", Host + ".pid"];

    /// <summary>All that belongs to the databases: beside others, an old file of these would be taken for theirs. The process id is that of whoever holds the lease now.</summary>
    public static IEnumerable<string> All => new[] { Host, Support }.SelectMany(name => Beside(name).Prepend(name)).Append(Marks[0]);

    /// <summary>Opens a database that is there.</summary>
    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
            DefaultTimeout = PatienceInSeconds,
        }.ToString());
        connection.Open();
        Run(connection, $"PRAGMA busy_timeout={PatienceInSeconds * 1000}");
        return connection;
    }

    /// <summary>What is wrong inside of a database; null for nothing.</summary>
    public static string? DamageOf(string path)
    {
        try
        {
            using var connection = Open(path);
            return Ask(connection, "PRAGMA integrity_check") as string is { } said and not "ok" ? said : null;
        }
        catch (SqliteException exception)
        {
            return exception.Message;
        }
    }

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller's text is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    public static object? Ask(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Every caller's text is a constant.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
