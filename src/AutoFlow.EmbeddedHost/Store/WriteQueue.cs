using System.Diagnostics.CodeAnalysis;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// The one writer: a thread that takes every write that waits, applies them in one transaction in the order in which they came, commits,
/// and only then answers. While the disk refuses, it tries the same transaction again until it is taken.
/// </summary>
internal sealed class WriteQueue
{
    private readonly Statements _database;
    private readonly HostDatabaseOptions _options;
    private readonly StorageFault _fault;
    private readonly Lock? _gate;
    private readonly object _wake = new();
    private readonly Thread _thread;
    private List<Write> _waiting = [];
    private List<Write> _taken = [];
    private bool _closed;
    private bool _idle;
    private Exception? _broken;
    private long _commits;

    /// <param name="database">The writer's own connection.</param>
    /// <param name="options">Batch size and the test hooks.</param>
    /// <param name="fault">Told of what the disk refuses.</param>
    /// <param name="gate">Held during a batch where readers share the connection; null where they have their own.</param>
    public WriteQueue(Statements database, HostDatabaseOptions options, StorageFault fault, Lock? gate)
    {
        _database = database;
        _options = options;
        _fault = fault;
        _gate = gate;
        _thread = new Thread(Run) { IsBackground = true, Name = "host database writer" };
        _thread.Start();
    }

    /// <summary>Adds a write at the end. What was added before is committed before it or with it.</summary>
    public void Add(Write write)
    {
        lock (_wake)
        {
            if (!_closed)
            {
                _waiting.Add(write);
                if (_idle)
                    Monitor.Pulse(_wake);
                return;
            }
        }

        write.Failed(new ObjectDisposedException(nameof(HostDatabase)));
    }

    /// <summary>Adds a write, and gives its result when it is durable.</summary>
    public Task<T> Add<T>(Func<Statements, T> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            return Task.FromCanceled<T>(ct);
        if (_fault.Current is { } fault)
            return Task.FromException<T>(fault);
        var write = new Write<T>(work, ct);
        Add(write);
        return write.Task;
    }

    /// <summary>Ends after all writes that were already asked for; while the disk refuses, after one more attempt.</summary>
    public void Close()
    {
        lock (_wake)
        {
            _closed = true;
            Monitor.Pulse(_wake);
        }

        _fault.Hurry();
        _thread.Join();
    }

    private void Run()
    {
        while (Take())
        {
            for (var first = 0; first < _taken.Count; first += _options.MaxWritesPerCommit)
                Commit(_taken.GetRange(first, Math.Min(_options.MaxWritesPerCommit, _taken.Count - first)));
            _taken.Clear();
        }
    }

    private bool Take()
    {
        lock (_wake)
        {
            while (_waiting.Count == 0)
            {
                if (_closed)
                    return false;
                _idle = true;
                Monitor.Wait(_wake);
                _idle = false;
            }

            (_taken, _waiting) = (_waiting, _taken);
            return true;
        }
    }

    private void Commit(List<Write> batch)
    {
        var refused = _broken is null ? null : new InvalidOperationException("The database takes no more writes after an earlier failure.", _broken);
        var number = _commits + 1;
        foreach (var write in batch)
            write.Commit = number;
        for (var attempt = 1; _broken is null; attempt++)
        {
            try
            {
                Apply(batch, number, attempt);
                break;
            }
            catch (Exception exception) when (_broken is null && StorageFault.IsOfTheDisk(exception))
            {
                if (!_fault.WaitAfter(exception, attempt, ref _closed))
                    _broken = exception;
            }
            catch (Exception)
            {
                OneByOne(batch);
                return;
            }
        }

        if (_broken is null && Committed())
            Answer(batch);
        else
            Refuse(batch, refused ?? _broken!);
    }

    /// <summary>Finds the write that cannot be applied: it fails alone, and the others are committed.</summary>
    private void OneByOne(List<Write> batch)
    {
        foreach (var write in batch)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    if (_broken is not null)
                        throw new InvalidOperationException("The database takes no more writes after an earlier failure.", _broken);
                    Apply([write], _commits + 1, attempt, alone: true);
                    if (Committed())
                        Answer([write]);
                    else
                        Refuse([write], _broken!);
                    break;
                }
                catch (Exception exception) when (_broken is null && StorageFault.IsOfTheDisk(exception) && _fault.WaitAfter(exception, attempt, ref _closed))
                {
                    // The disk, not the write.
                }
                catch (Exception exception)
                {
                    Refuse([write], exception);
                    break;
                }
            }
        }
    }

    private void Apply(List<Write> batch, long number, int attempt, bool alone = false)
    {
        _gate?.Enter();
        try
        {
            _database["BEGIN IMMEDIATE"].Run();
            try
            {
                var cancelled = Cancelled(batch);
                foreach (var write in batch)
                {
                    if (cancelled?.Contains(write) != true)
                        write.Apply(_database, alone || cancelled is not null);
                }

                _options.Committing?.Invoke(number, attempt);
                _database["COMMIT"].Run();
            }
            catch
            {
                // SQLite has rolled back by itself after some failures.
                if (_database.InTransaction)
                    _database["ROLLBACK"].Run();
                throw;
            }
        }
        finally
        {
            _gate?.Exit();
        }
    }

    // Null where none is, as nearly always.
    private static HashSet<Write>? Cancelled(List<Write> batch)
    {
        HashSet<Write>? cancelled = null;
        foreach (var write in batch)
        {
            if (write.Cancels())
                (cancelled ??= []).Add(write);
        }

        return cancelled;
    }

    // What was committed is not done again, whatever a callback throws.
    [SuppressMessage("Design", "CA1031", Justification = "A callback that breaks its promise must not end the writer.")]
    private static void Answer(List<Write> batch)
    {
        foreach (var write in batch)
        {
            // Not through Guarded: its delegate would be made for each write.
            try
            {
                write.Completed();
            }
            catch (Exception)
            {
                // Whoever it belongs to has been told as far as it went.
            }
        }
    }

    private static void Refuse(List<Write> batch, Exception exception)
    {
        foreach (var write in batch)
            Guarded(() => write.Failed(exception));
    }

    [SuppressMessage("Design", "CA1031", Justification = "A callback that breaks its promise must not end the writer.")]
    private static void Guarded(Action callback)
    {
        try
        {
            callback();
        }
        catch (Exception)
        {
            // Whoever it belongs to has been told as far as it went.
        }
    }

    /// <summary>False when the test's hook says that the process was killed here.</summary>
    private bool Committed()
    {
        _commits++;
        Guarded(_fault.Ended);
        try
        {
            _options.Committed?.Invoke(_commits);
            return true;
        }
        catch (Exception exception)
        {
            _broken = exception;
            return false;
        }
    }
}
