using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// The embedded host's one SQLite file: orchestrations, queues, timers and keys. Readers never wait for the writer (WAL);
/// all writes go through one thread that commits those that wait together.
/// </summary>
public sealed class HostDatabase : IAsyncDisposable
{
    private const string InMemory = ":memory:";
    private const int WriterCacheKilobytes = 16 * 1024;

    /// <summary>
    /// How long a lock is waited for that is no fault: a reader that looks while the writer changes the log's index takes the writer's lock for a
    /// moment, to see whether a dead process has left it so (SQLite, "Write-Ahead Logging", section 9).
    /// </summary>
    private const int MomentaryLockMilliseconds = 250;

    private readonly string _readerString;
    private readonly Statements _writer;
    private readonly WriteQueue _writes;
    private readonly StorageFault _fault;
    private readonly FileLease? _lease;
    private readonly Lock? _sharedConnection;
    private readonly ConcurrentBag<Statements> _readers = [];
    private int _disposed;

    private HostDatabase(string path, HostDatabaseOptions options, FileLease? lease)
    {
        _lease = lease;
        var memory = path == InMemory;
        MarksPath = memory ? null : path + ".running";
        _sharedConnection = memory ? new Lock() : null;
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        var writer = new SqliteConnection(text.ToString());
        _writer = new Statements(writer);
        text.Mode = SqliteOpenMode.ReadWrite;
        _readerString = text.ToString();
        try
        {
            writer.Open();
            writer.Execute($"PRAGMA busy_timeout={MomentaryLockMilliseconds}");
            if (!memory)
                writer.Execute("PRAGMA journal_mode=WAL");
            writer.Execute(options.FullSync ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL");
            writer.Execute("PRAGMA foreign_keys=ON");
            writer.Execute($"PRAGMA cache_size=-{WriterCacheKilobytes}");
            SchemaScripts.Apply(writer);
        }
        catch
        {
            _writer.Dispose();
            throw;
        }

        _fault = new StorageFault(path);
        _writes = new WriteQueue(_writer, options, _fault, _sharedConnection);
    }

    /// <summary>Why the database cannot be written at present; null while it can.</summary>
    public StorageUnavailableException? Fault => _fault.Current;

    /// <summary>Raised on the writer's thread when a fault begins (with it) and when it ends (with null). Must not block.</summary>
    public event Action<StorageUnavailableException?>? FaultChanged
    {
        add => _fault.Changed += value;
        remove => _fault.Changed -= value;
    }

    /// <summary>Where the host marks what runs, beside the file; null for a database in memory.</summary>
    internal string? MarksPath { get; }

    /// <summary>Opens or creates the database and brings its schema up to date.</summary>
    /// <param name="path">A file whose folder exists or can be made, or <c>:memory:</c> for one that ends with this object.</param>
    /// <param name="options">How it writes; null for the defaults.</param>
    /// <exception cref="DatabaseInUseException">Another process holds the file.</exception>
    /// <exception cref="UnfinishedRestoreException">A restore into its folder was cut off.</exception>
    /// <exception cref="InvalidOperationException">The file was written by a newer program.</exception>
    public static HostDatabase Open(string path, HostDatabaseOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new HostDatabaseOptions();
        if (path == InMemory)
            return new HostDatabase(path, options, lease: null);
        path = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var lease = FileLease.Take(path);
        try
        {
            // Under the lease: a restore that is still going on has it.
            UnfinishedRestoreException.ThrowIfMarked(Path.GetDirectoryName(path)!);
            return new HostDatabase(path, options, lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Runs <paramref name="work"/> on the writer thread, in a transaction that it shares with the other writes that wait.
    /// The task completes after that transaction is durable. When the work throws, its own changes are rolled back and the others' are not.
    /// </summary>
    /// <param name="work">
    /// Reads and writes through the given connection only; must not begin transactions, block or wait. It runs again when the
    /// transaction has to be tried again, so it changes nothing else.
    /// </param>
    /// <param name="ct">Honoured until the work begins.</param>
    /// <exception cref="StorageUnavailableException">The disk refuses writes at present.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return _writes.Add(database => work(database.Connection), ct);
    }

    /// <inheritdoc cref="WriteAsync"/>
    internal Task<T> ChangeAsync<T>(Func<Statements, T> work, CancellationToken ct = default) => _writes.Add(work, ct);

    /// <summary>Adds a write to the next commit. It is told itself how that ends.</summary>
    internal void Add(Write write) => _writes.Add(write);

    /// <summary>Runs <paramref name="work"/> on a reader's connection, on the calling thread. It sees what has been committed.</summary>
    public T Read<T>(Func<SqliteConnection, T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Look(reader => work(reader.Connection));
    }

    /// <summary>Runs <paramref name="work"/> on a reader's prepared statements, on the calling thread. It sees what has been committed.</summary>
    internal T Look<T>(Func<Statements, T> work)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
        if (_sharedConnection is not null)
        {
            lock (_sharedConnection)
                return work(_writer);
        }

        var reader = _readers.TryTake(out var pooled) ? pooled : OpenReader();
        try
        {
            return work(reader);
        }
        finally
        {
            if (Volatile.Read(ref _disposed) == 0)
                _readers.Add(reader);
            else
                reader.Dispose();
        }
    }

    /// <summary>Ends after all writes that were already asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await Task.Run(_writes.Close).ConfigureAwait(false);
        while (_readers.TryTake(out var reader))
            reader.Dispose();
        _writer.Dispose();
        _lease?.Dispose();
    }

    private Statements OpenReader()
    {
        var reader = new SqliteConnection(_readerString);
        reader.Open();
        reader.Execute($"PRAGMA busy_timeout={MomentaryLockMilliseconds}");
        reader.Execute("PRAGMA query_only=ON");
        return new Statements(reader);
    }
}
