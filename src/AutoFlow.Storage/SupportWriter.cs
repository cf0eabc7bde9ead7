using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Storage;

/// <summary>The one way to write, and the one place where transactions begin.</summary>
internal sealed class SupportWriter(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider time, ILogger<SupportWriter> logger) : IAsyncDisposable, IDisposable
{
    private readonly GroupCommit? _together = dialect.HasOneWriter ? new GroupCommit(contexts, dialect, time, logger) : null;

    /// <summary>
    /// Runs the work in one transaction; it is durable when the task completes. The work may run again when somebody else was
    /// faster or the database was gone for a while, so it must touch nothing but the context. What the commit's answer was lost
    /// of is never run again: it may have been kept. It throws, as if the process had died just after it, and the caller's
    /// delivery comes again.
    /// </summary>
    public Task<T> WriteAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct) =>
        _together is null ? WriteAloneAsync(work, ct) : _together.WriteAsync(work, ct);

    public Task WriteAsync(Func<SupportDbContext, Task> work, CancellationToken ct) => WriteAsync(
        async db =>
        {
            await work(db);
            return true;
        },
        ct);

    /// <summary>Ends after all writes that were asked for.</summary>
    public ValueTask DisposeAsync() => _together?.DisposeAsync() ?? ValueTask.CompletedTask;

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private async Task<T> WriteAloneAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        var tries = new Tries(time);
        while (true)
        {
            var committing = false;
            TimeSpan wait;
            try
            {
                return await OnceAsync(work, () => committing = true, ct);
            }
            catch (Exception exception) when (!ct.IsCancellationRequested && dialect.AgainAfter(exception, tries, committing) is { } after)
            {
                wait = after;
                if (wait >= SupportReader.WorthALine) logger.LogWarning("The support database is not there: a write is tried again in {Wait}.", wait);
            }

            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, ct);
        }
    }

    private async Task<T> OnceAsync<T>(Func<SupportDbContext, Task<T>> work, Action committing, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        // All or nothing: and going back to a savepoint of a connection that was cut would hide what happened to it.
        db.Database.AutoSavepointsEnabled = false;
        await using var transaction = await db.Database.BeginTransactionAsync(dialect.Isolation, ct);
        var result = await work(db);
        await db.SaveChangesAsync(ct);
        committing();
        // Cut off here nobody would know whether it was kept.
        await transaction.CommitAsync(CancellationToken.None);
        return result;
    }
}
