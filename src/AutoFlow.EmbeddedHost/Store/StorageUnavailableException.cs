using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>The disk refuses the database's writes for now. What was accepted before waits in memory and is written when the fault ends.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Only the database throws it.")]
public sealed class StorageUnavailableException : IOException
{
    internal StorageUnavailableException(string path, Exception cause)
        : base($"The database '{path}' cannot be written: {Reason(cause)} What was accepted waits, and is tried again until it is written.", cause)
    {
    }

    /// <summary>True where a disk that takes nothing at present is behind a failure: of this database, or of another that the app keeps in SQLite.</summary>
    internal static bool IsBehind(Exception? failure) => failure switch
    {
        null => false,
        StorageUnavailableException => true,
        SqliteException sqlite => StorageFault.IsOfTheDisk(sqlite),
        AggregateException several => several.InnerExceptions.Any(IsBehind),
        _ => IsBehind(failure.InnerException),
    };

    private static string Reason(Exception cause) => (cause as SqliteException)?.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => "the disk is full. Free space on it.",
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => "another program holds a lock on it. Close that program.",
        raw.SQLITE_READONLY => "it is read-only. Give this user the right to write it and its folder.",
        raw.SQLITE_CANTOPEN => "a file beside it cannot be opened. Give this user the right to write its folder.",
        raw.SQLITE_IOERR => $"reading or writing failed ({cause.Message.TrimEnd('.')}). Look at the disk.",
        raw.SQLITE_NOMEM => "there is no memory left. Give the process more.",
        _ => $"{cause.Message.TrimEnd('.')}. Look at the disk.",
    };
}
