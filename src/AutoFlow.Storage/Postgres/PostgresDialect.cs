using System.Data;
using System.Data.Common;
using System.Net.Sockets;
using Azure.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace AutoFlow.Storage.Postgres;

/// <summary>
/// Many processes write at once. Transactions are READ COMMITTED, and what a write decided is still true when it commits because
/// of three things: a row that was changed since it was read makes the write run again (<c>xmin</c>, see
/// <see cref="SupportDbContext"/>); a second row with the same key is refused, and the write runs again and finds the first; and a
/// decision over several rows holds an advisory lock on its matter (<see cref="SupportDbContext.AloneAsync"/>). SERIALIZABLE would
/// need none of these, but every two inserts meet at a counter, and one of them would always be thrown away.
/// </summary>
internal sealed class PostgresDialect(NpgsqlDataSource source, PostgresOptions options) : Dialect
{
    /// <summary>Any number, as long as nothing else in this database locks by it.</summary>
    private const long SchemaLock = 0x4175746F466C6F77;

    /// <summary>Of so many who want the same thing each one has had its turn; then something is broken.</summary>
    private const int MostConflicts = 40;

    /// <summary>With the queue's five deliveries, or an activity's four tries, that outlasts a failover (Azure: one to two minutes).</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly double[] AbsenceWaits = [0, 0.2, 0.5, 1, 2, 4, 8, 8, 8];

    public override IsolationLevel Isolation => IsolationLevel.ReadCommitted;

    public override void Use(DbContextOptionsBuilder builder) => builder
        .UseNpgsql(source)
        // What somebody else did faster is everyday, and what cannot be mended is told by whoever asked.
        .ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandError, LogLevel.Debug), (CoreEventId.SaveChangesFailed, LogLevel.Debug), (CoreEventId.QueryIterationFailed, LogLevel.Debug),
            (RelationalEventId.ConnectionError, LogLevel.Debug), (RelationalEventId.TransactionError, LogLevel.Debug)));

    /// <summary>The server lets everybody in.</summary>
    public override bool HasOneWriter => false;

    public override TimeSpan? AgainAfter(Exception exception, Tries tries, bool committing) => PostgresFaults.Of(exception, committing) switch
    {
        // By chance, so that two who met do not meet again.
        PostgresFault.Conflict when tries.Conflict() < MostConflicts => TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * 5 * Math.Min(tries.Conflicts, 10)),
        PostgresFault.Absent => Absent(exception, tries),
        _ => null,
    };

    public override TimeSpan? ReadAgainAfter(Exception exception, Tries tries) =>
        PostgresFaults.Of(exception, committing: false) == PostgresFault.Absent ? Absent(exception, tries) : null;

    public override Task OpenAsync(DbConnection connection, CancellationToken ct) => connection.OpenAsync(ct);

    /// <summary>Without an end: another worker's script may take long.</summary>
    public override async Task LockSchemaAsync(SupportDbContext db, CancellationToken ct)
    {
        db.Database.SetCommandTimeout(TimeSpan.Zero);
        await db.Database.ExecuteSqlAsync($"SET LOCAL lock_timeout = 0", ct);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SchemaLock})", ct);
    }

    public override Unusable? WhyUnusable(Exception exception)
    {
        var causes = new List<Exception>();
        for (var one = exception; one is not null; one = one.InnerException) causes.Add(one);
        if (causes.OfType<AuthenticationFailedException>().Any())
            return new("No token of Entra ID.", $"Postgres: no token of Entra ID for {options.TokenScope}. Is there a managed identity, and with a user-assigned one AZURE_CLIENT_ID?");
        if (causes.OfType<PostgresException>().FirstOrDefault() is { } server)
            return new($"The server refused ({server.SqlState}).", $"Postgres: {options} refused: {server.MessageText.TrimEnd('.')} ({server.SqlState}).{Hint(server.SqlState)}");
        if (causes.Exists(one => one is NpgsqlException or TimeoutException))
            return new("The server cannot be reached.", $"Postgres: {options} cannot be reached: {causes[^1].Message.ReplaceLineEndings(" ").TrimEnd('.')}.");
        return null;
    }

    private static string Hint(string state) => state switch
    {
        PostgresErrorCodes.InsufficientPrivilege => " Does the role have USAGE and CREATE on the schema public (infra/postgres-role.sql)?",
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => " Is Postgres:User the role's name, and does the server know it (infra/postgres-role.sql)?",
        PostgresErrorCodes.InvalidCatalogName => " The database is made with the server, not by the app.",
        _ => "",
    };

    private TimeSpan? Absent(Exception exception, Tries tries)
    {
        var absences = tries.Absent();
        if (absences == 1)
        {
            // What cut one connection most likely cut the others of the pool too. However long it took to notice, a new one is tried.
            if (IsBroken(exception)) source.Clear();
            return TimeSpan.Zero;
        }

        var left = Patience - tries.Elapsed;
        if (absences > AbsenceWaits.Length || left <= TimeSpan.Zero) return null;
        var wait = TimeSpan.FromSeconds(AbsenceWaits[absences - 1]);
        return wait < left ? wait : left;
    }

    /// <summary>True for a cut connection, and for a server that ends them; false for a full pool, a slow lock, a token that cannot be had.</summary>
    internal static bool IsBroken(Exception exception)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case PostgresException server:
                    return server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
                        or PostgresErrorCodes.ReadOnlySqlTransaction || server.SqlState.StartsWith("08", StringComparison.Ordinal);
                case NpgsqlException { InnerException: IOException or SocketException }:
                    return true;
            }
        }

        return false;
    }
}
