using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace AutoFlow.Storage;

/// <summary>
/// What every connection to the SQLite file needs. synchronous=FULL: a commit is on the disk before anything is
/// acknowledged (sqlite.org/pragma.html#pragma_synchronous). These settings belong to the connection, not to the file.
/// </summary>
internal sealed class SqliteSettings(TimeSpan busyTimeout) : DbConnectionInterceptor
{
    private readonly string pragmas = string.Create(CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={(long)busyTimeout.TotalMilliseconds}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");

    /// <summary>Puts the file into write-ahead-log mode, which it keeps. Throws <see cref="InvalidOperationException"/> where the file system cannot.</summary>
    public static async Task UseWriteAheadLogAsync(DbConnection connection, CancellationToken ct)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL";
        var mode = await command.ExecuteScalarAsync(ct) as string;
        if (!string.Equals(mode, "wal", StringComparison.OrdinalIgnoreCase))
            throw new InvalidOperationException($"The support database needs a local disk: SQLite stays in journal mode '{mode}' there.");
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // A number is the only part that is not constant.
        command.CommandText = pragmas;
#pragma warning restore CA2100
        return command;
    }
}
