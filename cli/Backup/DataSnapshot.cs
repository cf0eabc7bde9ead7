using Microsoft.Data.Sqlite;

namespace AutoFlow.Cli.Backup;

/// <summary>
/// Copies a data folder's databases as they are at one moment, while the app goes on.
/// <para>
/// The two refer to each other both ways: a step's effect is in the support data before its result is in a history, and a message is marked
/// as given to an instance after that instance was started. So neither may be the older one. The support data is kept from being written while
/// the moment of each is taken, which is about a millisecond: whatever the host's database has by then followed from support data that is in the
/// copy, and whatever support data is in the copy followed from what the host's database has. It is the state that a kill at that moment would
/// leave. The copies are then made at leisure from readers' views, which no writer waits for (WAL).
/// </para>
/// </summary>
internal static class DataSnapshot
{
    /// <summary>Copies the databases that are there.</summary>
    /// <param name="data">The data folder; it has the host's database.</param>
    /// <param name="into">A folder to write the copies to.</param>
    /// <returns>The names of the copies.</returns>
    /// <exception cref="SqliteException">A database cannot be read, or is locked for too long.</exception>
    public static IReadOnlyList<string> Take(string data, string into)
    {
        using var host = DataFiles.Open(Path.Combine(data, DataFiles.Host));
        var supportPath = Path.Combine(data, DataFiles.Support);
        if (!File.Exists(supportPath))
        {
            Begin(host);
            Copy(host, into, DataFiles.Host);
            return [DataFiles.Host];
        }

        using var support = DataFiles.Open(supportPath);
        using (var writer = DataFiles.Open(supportPath))
        {
            DataFiles.Run(writer, "BEGIN IMMEDIATE");
            Begin(host);
            Begin(support);
            DataFiles.Run(writer, "ROLLBACK");
        }

        Copy(host, into, DataFiles.Host);
        Copy(support, into, DataFiles.Support);
        return [DataFiles.Host, DataFiles.Support];
    }

    /// <summary>From here on the connection sees nothing newer.</summary>
    private static void Begin(SqliteConnection connection)
    {
        DataFiles.Run(connection, "BEGIN DEFERRED");
        DataFiles.Ask(connection, "SELECT count(*) FROM sqlite_master");
    }

    private static void Copy(SqliteConnection from, string into, string name)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(into, name), Pooling = false }.ToString());
        copy.Open();
        from.BackupDatabase(copy);
        DataFiles.Run(from, "ROLLBACK");
    }
}
