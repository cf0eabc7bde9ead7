using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>
/// One file, one writer: within the process writes queue and commit together (<see cref="GroupCommit"/>); between processes BEGIN
/// IMMEDIATE takes the lock before anything is read, so that what a write read is still true when it commits.
/// </summary>
internal sealed class SqliteDialect(string connectionString, string? folder, TimeSpan busyTimeout) : Dialect
{
    // Every try waits for the busy timeout, so these are minutes with the default; then something is broken.
    private const int MostTries = 6;

    private readonly SqliteSettings _settings = new(busyTimeout);

    /// <summary>Microsoft.Data.Sqlite begins non-deferred transactions as BEGIN IMMEDIATE.</summary>
    public override IsolationLevel Isolation => IsolationLevel.Serializable;

    public override void Use(DbContextOptionsBuilder builder) => builder.UseSqlite(connectionString).AddInterceptors(_settings);

    public override bool HasOneWriter => true;

    /// <summary>At once: another process held the lock longer than the busy timeout, so time has passed already.</summary>
    public override TimeSpan? AgainAfter(Exception exception, Tries tries, bool committing) => IsBusy(exception) && tries.Conflict() < MostTries ? TimeSpan.Zero : null;

    public override TimeSpan? ReadAgainAfter(Exception exception, Tries tries) => null;

    public override async Task OpenAsync(DbConnection connection, CancellationToken ct)
    {
        if (folder is not null) Directory.CreateDirectory(folder);
        await connection.OpenAsync(ct);
        await SqliteSettings.UseWriteAheadLogAsync(connection, ct);
    }

    /// <summary>BEGIN IMMEDIATE has the lock already.</summary>
    public override Task LockSchemaAsync(SupportDbContext db, CancellationToken ct) => Task.CompletedTask;

    public override Unusable? WhyUnusable(Exception exception) => null;

    private static bool IsBusy(Exception exception) => exception switch
    {
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED } => true,
        DbUpdateException { InnerException: { } inner } => IsBusy(inner),
        _ => false,
    };
}
