using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>
/// The one way to write. SQLite has a single writer: within the process writers queue here, fairly and without blocking a
/// thread; between processes BEGIN IMMEDIATE takes the lock before anything is read, so that what a write read is still
/// true when it commits.
/// </summary>
internal sealed class SupportWriter(IDbContextFactory<SupportDbContext> contexts) : IDisposable
{
    // Every try waits for the busy timeout, so these are minutes with the default; then something is broken.
    private const int Tries = 6;

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Runs the work in one IMMEDIATE transaction; it is durable when the task completes. The work may run again when another process had the lock, so it must touch nothing but the context.</summary>
    public async Task<T> WriteAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            for (var tries = 1; ; tries++)
            {
                try
                {
                    return await OnceAsync(work, ct);
                }
                catch (Exception exception) when (tries < Tries && IsBusy(exception))
                {
                    // Another process holds the lock longer than the busy timeout: queue again.
                }
            }
        }
        finally
        {
            turn.Release();
        }
    }

    public Task WriteAsync(Func<SupportDbContext, Task> work, CancellationToken ct) => WriteAsync(
        async db =>
        {
            await work(db);
            return true;
        },
        ct);

    public void Dispose() => turn.Dispose();

    private async Task<T> OnceAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.TrackAll;
        // Microsoft.Data.Sqlite begins non-deferred transactions as BEGIN IMMEDIATE.
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var result = await work(db);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return result;
    }

    private static bool IsBusy(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED } => true,
        DbUpdateException { InnerException: { } inner } => IsBusy(inner),
        _ => false,
    };
}
