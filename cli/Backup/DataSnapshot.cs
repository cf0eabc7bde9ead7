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
    /// <param name="time">The clock.</param>
    /// <returns>The names of the copies, and the moment that they are of: others' writes may have been waited for until then.</returns>
    /// <exception cref="SqliteException">A database cannot be read, or is locked for too long.</exception>
    public static (IReadOnlyList<string> Names, DateTimeOffset Taken) Take(string data, string into, TimeProvider time)
    {
        using var host = DataFiles.Open(Path.Combine(data, DataFiles.Host));
        var supportPath = Path.Combine(data, DataFiles.Support);
        if (!File.Exists(supportPath))
        {
            var alone = Begin(host, time);
            Copy(host, into, DataFiles.Host);
            return ([DataFiles.Host], alone);
        }

        using var support = DataFiles.Open(supportPath);
        DateTimeOffset taken;
        using (var writer = DataFiles.Open(supportPath))
        {
            DataFiles.Run(writer, "BEGIN IMMEDIATE");
            taken = Begin(host, time);
            Begin(support, time);
            DataFiles.Run(writer, "ROLLBACK");
        }

        Copy(host, into, DataFiles.Host);
        Copy(support, into, DataFiles.Support);
        return ([DataFiles.Host, DataFiles.Support], taken);
    }

    /// <summary>From the moment that is returned on the connection sees nothing newer.</summary>
    private static DateTimeOffset Begin(SqliteConnection connection, TimeProvider time)
    {
        DataFiles.Run(connection, "BEGIN DEFERRED");
        DataFiles.Ask(connection, "SELECT count(*) FROM sqlite_master");
        return time.GetUtcNow();
    }

    private static void Copy(SqliteConnection from, string into, string name)
    {
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(into, name), Pooling = false }.ToString());
        copy.Open();
        from.BackupDatabase(copy);
        DataFiles.Run(from, "ROLLBACK");
    }
}
