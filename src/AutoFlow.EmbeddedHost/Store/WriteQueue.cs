using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// The one writer: a thread that takes every write that waits, runs each in its own savepoint of one transaction, commits, and only then answers.
/// </summary>
internal sealed class WriteQueue : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly HostDatabaseOptions _options;
    private readonly Lock? _gate;
    private readonly BlockingCollection<Write> _waiting = [];
    private readonly Thread _thread;
    private Exception? _broken;
    private long _commits;

    /// <param name="connection">The writer's own connection.</param>
    /// <param name="options">Batch size and the test hook.</param>
    /// <param name="gate">Held during a batch where readers share the connection; null where they have their own.</param>
    public WriteQueue(SqliteConnection connection, HostDatabaseOptions options, Lock? gate)
    {
        _connection = connection;
        _options = options;
        _gate = gate;
        _thread = new Thread(Run) { IsBackground = true, Name = "host database writer" };
        _thread.Start();
    }

    public Task<T> Add<T>(Func<SqliteConnection, T> work, CancellationToken ct)
    {
        if (ct.IsCancellationRequested)
            return Task.FromCanceled<T>(ct);
        var write = new Write<T>(work, ct);
        try
        {
            _waiting.Add(write, CancellationToken.None);
        }
        catch (InvalidOperationException) when (_waiting.IsAddingCompleted)
        {
            return Task.FromException<T>(new ObjectDisposedException(nameof(HostDatabase)));
        }

        return write.Task;
    }

    /// <summary>Ends after all writes that were already asked for.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join();
        _waiting.Dispose();
    }

    private void Run()
    {
        var batch = new List<Write>();
        foreach (var first in _waiting.GetConsumingEnumerable())
        {
            batch.Add(first);
            while (batch.Count < _options.MaxWritesPerCommit && _waiting.TryTake(out var next))
                batch.Add(next);
            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Write> batch)
    {
        try
        {
            if (_broken is not null)
                throw new InvalidOperationException("The database takes no more writes after an earlier failure.", _broken);
            _gate?.Enter();
            try
            {
                RunBatch(batch);
            }
            finally
            {
                _gate?.Exit();
            }

            Committed();
        }
        catch (Exception exception)
        {
            // Any failure here is of the batch, not of one write: nobody's write is known to be durable.
            foreach (var write in batch)
                write.Fail(exception);
            return;
        }

        foreach (var write in batch)
            write.Complete();
    }

    private void RunBatch(List<Write> batch)
    {
        using var transaction = _connection.BeginTransaction(deferred: false);
        foreach (var write in batch)
        {
            if (write.IsCancelled)
                continue;
            transaction.Save("one");
            if (write.Try(_connection))
            {
                transaction.Release("one");
            }
            else
            {
                transaction.Rollback("one");
                transaction.Release("one");
            }
        }

        transaction.Commit();
    }

    private void Committed()
    {
        try
        {
            _options.Committed?.Invoke(++_commits);
        }
        catch (Exception exception)
        {
            _broken = exception;
            throw;
        }
    }

    private abstract class Write
    {
        public abstract bool IsCancelled { get; }
        public abstract bool Try(SqliteConnection connection);
        public abstract void Complete();
        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<SqliteConnection, T> work, CancellationToken ct) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _thrown;
        private bool _ran;

        public Task<T> Task => _done.Task;

        public override bool IsCancelled => ct.IsCancellationRequested;

        public override bool Try(SqliteConnection connection)
        {
            _ran = true;
            try
            {
                _result = work(connection);
                return true;
            }
            catch (Exception exception)
            {
                _thrown = exception;
                return false;
            }
        }

        public override void Complete()
        {
            if (!_ran)
                _done.TrySetCanceled(ct);
            else if (_thrown is not null)
                _done.TrySetException(_thrown);
            else
                _done.TrySetResult(_result);
        }

        public override void Fail(Exception exception) => _done.TrySetException(_thrown ?? exception);
    }
}
