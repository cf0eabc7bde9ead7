using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace AutoFlow.Storage;

/// <summary>Reads never wait for writers and track nothing. They are tried again while the database is gone for a while.</summary>
internal sealed class SupportReader(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider time, ILogger<SupportReader> logger)
{
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
                await using var db = await contexts.CreateDbContextAsync(ct);
                return await work(db);
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

    private void LogWait(TimeSpan wait)
    {
        if (wait >= WorthALine) logger.LogWarning("The support database is not there: a read is tried again in {Wait}.", wait);
    }
}
