using System.Runtime.ExceptionServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Storage;

/// <summary>
/// Writes of this process to a database that lets one writer in: those that wait together share one transaction, each in a savepoint
/// of its own, and one flush to the disk. One context on one connection serves all of them, one after the other.
/// </summary>
internal sealed class GroupCommit(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>Writes that share a commit at the most.</summary>
    private const int Most = 256;

    /// <summary>Commits between two times of tidying.</summary>
    private const int CommitsToTidy = 64;

    private const string Savepoint = "SAVEPOINT one";
    private const string Release = "RELEASE one";
    private const string Undo = "ROLLBACK TO one";

    private readonly Lock _gate = new();
    private readonly Queue<Write> _waiting = [];
    private SupportDbContext? _db;
    private int _commits;
    private Task _running = Task.CompletedTask;
    private bool _isRunning;
    private bool _isDisposed;

    /// <summary>The task ends when the work is durable, or when it failed.</summary>
    /// <param name="ct">Honoured until the work begins.</param>
    public Task<T> WriteAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        var write = new Write<T>(work, ct);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(SupportWriter));
            _waiting.Enqueue(write);
            if (!_isRunning)
            {
                _isRunning = true;
                _running = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        return write.Task;
    }

    /// <summary>Ends after all writes that were asked for.</summary>
    public async ValueTask DisposeAsync()
    {
        Task running;
        lock (_gate) (_isDisposed, running) = (true, _running);
        await running;
        await ForgetConnectionAsync();
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>();
        while (true)
        {
            lock (_gate)
            {
                while (batch.Count < Most && _waiting.TryDequeue(out var next)) batch.Add(next);
                _isRunning = batch.Count > 0;
                if (!_isRunning) return;
            }

            try
            {
                await CommitAsync(batch);
            }
            catch (Exception exception)
            {
                // Nothing ends the writer: what it could not tell apart fails, and those that wait go on.
                logger.LogError(exception, "A write to the support database broke off");
                foreach (var write in batch) write.Fail(exception);
            }

            batch.Clear();
        }
    }

    private async Task CommitAsync(IReadOnlyList<Write> batch)
    {
        var tries = new Tries(time);
        while (true)
        {
            var committing = false;
            TimeSpan wait;
            try
            {
                await OnceAsync(batch, () => committing = true);
                break;
            }
            catch (Exception exception) when (dialect.AgainAfter(exception, tries, committing) is { } after)
            {
                wait = after;
            }
            catch (Exception exception)
            {
                await ForgetConnectionAsync();
                if (batch.Count == 1 || committing)
                {
                    // Of a commit without an answer nobody knows whether it was kept: it is never tried again.
                    foreach (var write in batch) write.Fail(exception);
                    return;
                }

                // One of them has broken the transaction of all: each for itself.
                foreach (var write in batch) await CommitAsync([write]);
                return;
            }

            await ForgetConnectionAsync();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time);
        }

        // Out of the reach of what tries again: it is committed.
        foreach (var write in batch) write.Complete();
        await TidyAsync();
    }

    private async Task OnceAsync(IReadOnlyList<Write> batch, Action committing)
    {
        var db = await OpenAsync();
        await using var transaction = await db.Database.BeginTransactionAsync(dialect.Isolation);
        foreach (var write in batch)
        {
            if (!write.Begins()) continue;
            var isAlone = batch.Count == 1;
            if (!isAlone) await db.Sql.ExecuteAsync(Savepoint, CancellationToken.None);
            if (await write.RunAsync(db) is { } fault)
            {
                if (isAlone) ExceptionDispatchInfo.Throw(fault);
                await db.Sql.ExecuteAsync(Undo, CancellationToken.None);
            }

            if (!isAlone) await db.Sql.ExecuteAsync(Release, CancellationToken.None);
            db.ChangeTracker.Clear();
        }

        committing();
        await transaction.CommitAsync();
    }

    /// <summary>Whatever comes of it: the next time mends it.</summary>
    private async Task TidyAsync()
    {
        if (++_commits % CommitsToTidy != 0 || _db is not { } db) return;
        try
        {
            await dialect.TidyAsync(db);
        }
        catch (Exception exception)
        {
            logger.LogDebug(exception, "The support database was not tidied this time");
            await ForgetConnectionAsync();
        }
    }

    private async Task<SupportDbContext> OpenAsync()
    {
        if (_db is { } open) return open;
        var db = await contexts.CreateDbContextAsync();
        try
        {
            db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
            // All or nothing: and going back to a savepoint of a connection that was cut would hide what happened to it.
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.OpenConnectionAsync();
            db.Sql.KeepsStatements = true;
            return _db = db;
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }

    /// <summary>Never throws: what cannot be closed is left to the finalizer.</summary>
    private async Task ForgetConnectionAsync()
    {
        var db = _db;
        _db = null;
        if (db is null) return;
        try
        {
            db.Sql.Forget();
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "A statement of the support database could not be closed");
        }

        try
        {
            await db.DisposeAsync();
        }
        catch (Exception exception)
        {
            logger.LogWarning(exception, "A connection to the support database could not be closed");
        }
    }

    private abstract class Write
    {
        /// <summary>False when it was cancelled before.</summary>
        public abstract bool Begins();

        /// <summary>Why it failed; null when it did what it should.</summary>
        public abstract Task<Exception?> RunAsync(SupportDbContext db);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class Write<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct) : Write
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _fault;
        private bool _ran;

        public Task<T> Task => _done.Task;

        public override bool Begins() => _ran = !ct.IsCancellationRequested;

        public override async Task<Exception?> RunAsync(SupportDbContext db)
        {
            _fault = null;
            try
            {
                _result = await work(db);
                await db.SaveChangesAsync(CancellationToken.None);
            }
            catch (Exception exception)
            {
                _fault = exception;
            }

            return _fault;
        }

        public override void Complete()
        {
            if (!_ran) _done.TrySetCanceled(ct);
            else if (_fault is not null) _done.TrySetException(_fault);
            else _done.TrySetResult(_result);
        }

        public override void Fail(Exception exception) => _done.TrySetException(_fault ?? exception);
    }
}
