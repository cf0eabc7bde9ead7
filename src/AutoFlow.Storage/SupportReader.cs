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
        for (var tries = 1; ; tries++)
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
                if (wait >= WorthALine) logger.LogWarning("The support database is not there: a read is tried again in {Wait}.", wait);
            }

            await Task.Delay(wait, time, ct);
        }
    }

    /// <summary>For the one caller that may not await. A cut connection is noticed by using it, so it is tried again at once, but it never waits.</summary>
    public T Read<T>(Func<SupportDbContext, T> work)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                using var db = contexts.CreateDbContext();
                return work(db);
            }
            catch (Exception exception) when (dialect.ReadAgainAfter(exception, tries) == TimeSpan.Zero)
            {
            }
        }
    }
}
