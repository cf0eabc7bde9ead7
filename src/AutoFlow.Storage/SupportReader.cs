using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Storage;

/// <summary>Reads never wait for writers and track nothing. They are tried again while the database is gone for a while.</summary>
internal sealed class SupportReader(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider time, ILogger<SupportReader> logger) : IAsyncDisposable, IDisposable
{
    /// <summary>Connections that stay open.</summary>
    private const int MostKept = 8;

    private readonly ConcurrentBag<SupportDbContext> _kept = [];
    private volatile bool _isDisposed;

    /// <summary>Shorter waits are everyday.</summary>
    internal static readonly TimeSpan WorthALine = TimeSpan.FromSeconds(1);

    public async Task<T> ReadAsync<T>(Func<SupportDbContext, Task<T>> work, CancellationToken ct)
    {
        var tries = new Tries(time);
        while (true)
        {
            TimeSpan wait;
            try
            {
                SupportDbContext? db = _kept.TryTake(out var open) ? open : await contexts.CreateDbContextAsync(ct);
                try
                {
                    if (dialect.HasOneWriter && open is null) await KeepOpenAsync(db, ct);
                    var read = await work(db);
                    if (GiveBack(db)) db = null;
                    return read;
                }
                finally
                {
                    if (db is not null) await EndAsync(db);
                }
            }
            catch (Exception exception) when (!ct.IsCancellationRequested && dialect.ReadAgainAfter(exception, tries) is { } after)
            {
                wait = after;
                LogWait(wait);
            }

            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>
    /// For the one caller that may not await: an orchestration, which is not started again when it fails. So it waits like the
    /// others, and keeps its thread meanwhile.
    /// </summary>
    public T Read<T>(Func<SupportDbContext, T> work)
    {
        var tries = new Tries(time);
        while (true)
        {
            TimeSpan wait;
            try
            {
                using var db = contexts.CreateDbContext();
                return work(db);
            }
            catch (Exception exception) when (dialect.ReadAgainAfter(exception, tries) is { } after)
            {
                wait = after;
                LogWait(wait);
            }

            Thread.Sleep(wait);
        }
    }

    /// <summary>Ends the connections that stay open.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        while (_kept.TryTake(out var db)) await EndAsync(db);
    }

    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    private static async Task KeepOpenAsync(SupportDbContext db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        db.Sql.KeepsStatements = true;
    }

    /// <summary>False when it is not to be kept.</summary>
    private bool GiveBack(SupportDbContext db)
    {
        if (!dialect.HasOneWriter || _isDisposed || _kept.Count >= MostKept) return false;
        _kept.Add(db);
        return true;
    }

    private static async Task EndAsync(SupportDbContext db)
    {
        db.Sql.Forget();
        await db.DisposeAsync();
    }

    private void LogWait(TimeSpan wait)
    {
        if (wait >= WorthALine) logger.LogWarning("The support database is not there: a read is tried again in {Wait}.", wait);
    }
}
