using System.Collections.Concurrent;
using AutoFlow.EmbeddedHost.Store;
using AutoFlow.EmbeddedHost.Tests.Durable.Harness;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Tests.Durable.Faults;

/// <summary>A disk that refuses or is slow when it is told to. Made after its host, so that a test that fails lets go of the disk before it closes the host.</summary>
internal sealed class Disk : IDisposable
{
    private volatile TaskCompletionSource _open = new();
    private TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _refusal;
    private volatile string? _unread;

    /// <summary>Commits that were taken.</summary>
    public ConcurrentQueue<long> Commits { get; } = new();

    /// <summary>Attempts to commit.</summary>
    public ConcurrentQueue<(long Commit, int Attempt)> Attempts { get; } = new();

    /// <summary>Puts it under a host.</summary>
    public Disk(DurableHost host)
    {
        GoOn();
        host.Configure = options => options with
        {
            Committing = (commit, attempt) =>
            {
                Attempts.Enqueue((commit, attempt));
                _reached.TrySetResult();
                _open.Task.Wait();
                if (_refusal is { } refusal)
                    throw refusal;
            },
            Committed = Commits.Enqueue,
        };
        host.Wrap = store => new RefusingReads(store, read =>
        {
            if (_unread == read)
                throw Failure("SQLITE_IOERR");
        });
    }

    /// <summary>Takes everything again.</summary>
    public void Dispose()
    {
        Refuse(null);
        RefuseReads(null);
        GoOn();
    }

    /// <summary>Every commit fails from now on; null to end that.</summary>
    public void Refuse(Exception? with) => _refusal = with;

    /// <summary>Every read of a kind fails from now on; null to end that.</summary>
    /// <param name="of">The method of the store.</param>
    public void RefuseReads(string? of) => _unread = of;

    /// <summary>Commits neither succeed nor fail from now on.</summary>
    public void Stall()
    {
        _reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _open = new TaskCompletionSource();
    }

    public void GoOn() => _open.TrySetResult();

    /// <summary>Completes when a commit has come to the disk since it stalled.</summary>
    public Task ReachedAsync() => _reached.Task;

    /// <summary>The failures of SQLite by the name of their code.</summary>
    public static Exception Failure(string code) => code switch
    {
        "IO" => new IOException("Input/output error"),
        "SQLITE_IOERR" => new SqliteException("disk I/O error", 10),
        "SQLITE_FULL" => new SqliteException("database or disk is full", 13),
        "SQLITE_BUSY" => new SqliteException("database is locked", 5),
        "SQLITE_READONLY" => new SqliteException("attempt to write a readonly database", 8),
        "SQLITE_CANTOPEN" => new SqliteException("unable to open database file", 14),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>Completes with the next fault of a database, or with null when the next one ends.</summary>
    public static Task<StorageUnavailableException?> NextChange(HostDatabase database)
    {
        var changed = new TaskCompletionSource<StorageUnavailableException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        database.FaultChanged += fault => changed.TrySetResult(fault);
        return changed.Task;
    }
}
