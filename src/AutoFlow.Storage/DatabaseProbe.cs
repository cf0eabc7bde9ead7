using AutoFlow.Storage.Schema;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>The state of the support database at one moment.</summary>
/// <param name="Took">How long the look took.</param>
/// <param name="Error">Why it cannot be used, in one line without secrets, names and personal data; null when it can.</param>
public sealed record DatabaseState(TimeSpan Took, string? Error)
{
    public bool IsGood => Error is null;
}

/// <summary>Looks whether the support database can be used, for a readiness check. One short read, never tried again.</summary>
public sealed class DatabaseProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IDbContextFactory<SupportDbContext> contexts;
    private readonly Dialect dialect;
    private readonly TimeProvider time;

    internal DatabaseProbe(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider time) =>
        (this.contexts, this.dialect, this.time) = (contexts, dialect, time);

    /// <summary>Never throws, unless <paramref name="ct"/> is cancelled.</summary>
    public async Task<DatabaseState> LookAsync(CancellationToken ct)
    {
        var began = time.GetTimestamp();
        using var deadline = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, deadline.Token);
        string? error;
        try
        {
            await using var db = await contexts.CreateDbContextAsync(either.Token);
            var schema = await db.Database.SqlQuery<int>($"""SELECT MAX(number) AS "Value" FROM schema_versions""").SingleAsync(either.Token);
            // A newer worker beside this one may have brought the schema further: scripts only add.
            error = schema >= SchemaScript.All.Count ? null : $"The schema is {schema}, this version needs {SchemaScript.All.Count}.";
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            error = $"No answer within {Patience.TotalSeconds:0} seconds.";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            error = dialect.WhyUnusable(exception)?.Short ?? $"The database cannot be read ({exception.GetBaseException().GetType().Name}).";
        }

        return new DatabaseState(time.GetElapsedTime(began), error);
    }
}
