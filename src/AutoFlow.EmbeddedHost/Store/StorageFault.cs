using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>What the disk refuses, and for how long already: one fault at a time, told of once when it begins and once when it ends.</summary>
internal sealed class StorageFault(string path)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);
    private readonly object _gate = new();
    private bool _hurried;
    private StorageUnavailableException? _current;

    /// <summary>The fault; null while there is none.</summary>
    public StorageUnavailableException? Current => Volatile.Read(ref _current);

    /// <summary>Called on the writer's thread when a fault begins (with it) and when it ends (with null).</summary>
    public event Action<StorageUnavailableException?>? Changed;

    /// <summary>True for what may pass without a change of the program: disk full, input or output, a lock, memory.</summary>
    public static bool IsOfTheDisk(Exception exception) => exception is IOException or OutOfMemoryException
        || exception is SqliteException
        {
            SqliteErrorCode: raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_NOMEM or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY
        };

    /// <summary>Waits before the next attempt, a little longer each time.</summary>
    /// <returns>False when the database closes and the attempt was the last.</returns>
    public bool WaitAfter(Exception exception, int attempt, ref bool closed)
    {
        if (Volatile.Read(ref closed))
            return false;
        if (Current is null)
        {
            Volatile.Write(ref _current, new StorageUnavailableException(path, exception));
            Tell(Current);
        }

        var wait = TimeSpan.FromMilliseconds(Math.Min(LongestWait.TotalMilliseconds, 5 * Math.Pow(2, Math.Min(attempt, 10))));
        lock (_gate)
        {
            if (!_hurried)
                Monitor.Wait(_gate, wait);
        }

        return true;
    }

    /// <summary>A commit was taken.</summary>
    public void Ended()
    {
        if (Current is null)
            return;
        Volatile.Write(ref _current, null);
        Tell(null);
    }

    [SuppressMessage("Design", "CA1031", Justification = "What a listener throws must not end the writer.")]
    private void Tell(StorageUnavailableException? fault)
    {
        try
        {
            Changed?.Invoke(fault);
        }
        catch (Exception)
        {
            // A log that cannot be written stops nothing.
        }
    }

    /// <summary>Ends the wait for the next attempt.</summary>
    public void Hurry()
    {
        lock (_gate)
        {
            _hurried = true;
            Monitor.Pulse(_gate);
        }
    }
}
