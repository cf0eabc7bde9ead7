using Azure.Identity;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace AutoFlow.Storage.Postgres;

/// <summary>What a failure of a transaction means for another try (PostgreSQL, appendix A: error codes).</summary>
internal enum PostgresFault
{
    /// <summary>A mistake of ours, or a setting: it would fail again.</summary>
    Lasting,

    /// <summary>Somebody else was faster; nothing of this transaction was kept, and on another look its result may be another.</summary>
    Conflict,

    /// <summary>The server or the way to it is gone for a while: a restart, a failover, a cut connection.</summary>
    Absent,
}

internal static class PostgresFaults
{
    /// <param name="committing">True when the commit had been sent: what cuts the connection then leaves open whether it was kept.</param>
    public static PostgresFault Of(Exception exception, bool committing)
    {
        for (var one = exception; one is not null; one = one.InnerException)
        {
            switch (one)
            {
                case DbUpdateConcurrencyException:
                    return PostgresFault.Conflict;
                case PostgresException { SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }:
                    return PostgresFault.Conflict;
                case PostgresException server:
                    return !committing && IsAbsent(server) ? PostgresFault.Absent : PostgresFault.Lasting;
                case NpgsqlException { IsTransient: true }:
                    return committing ? PostgresFault.Lasting : PostgresFault.Absent;
                case AuthenticationFailedException and not CredentialUnavailableException:
                    return committing ? PostgresFault.Lasting : PostgresFault.Absent;
            }
        }

        return PostgresFault.Lasting;
    }

    // 57P0x: the server is going down or coming up. 25006: still connected to what has become a standby. 53300: no room for a
    // connection. 25P03: idle for too long within a transaction, as a process is that was frozen.
    private static bool IsAbsent(PostgresException server) => server.IsTransient
        || server.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.ReadOnlySqlTransaction or PostgresErrorCodes.TooManyConnections or "25P03";
}
