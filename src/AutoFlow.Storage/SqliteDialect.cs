using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>
/// One file, one writer: within the process writes queue and commit together (<see cref="GroupCommit"/>); between processes BEGIN
/// IMMEDIATE takes the lock before anything is read, so that what a write read is still true when it commits.
/// </summary>
internal sealed class SqliteDialect(string connectionString, string? folder, TimeSpan busyTimeout, TimeProvider time) : Dialect
{
    // Every try waits for the busy timeout, so these are minutes with the default; then something is broken.
    private const int MostTries = 6;

    /// <summary>From this size in bytes the log is begun anew; SQLite's own checkpoints keep it at half of that while they can.</summary>
    private const int LargeLog = 8 * 1024 * 1024;

    /// <summary>How long writers wait for readers then.</summary>
    private const int LongestTidyingMilliseconds = 1_000;

    /// <summary>After a time in vain: somebody reads for long, a backup, and writers shall not wait for it again and again.</summary>
    private static readonly TimeSpan AfterVain = TimeSpan.FromMinutes(1);

    private readonly SqliteSettings _settings = new(busyTimeout);
    private readonly string _tidying = string.Create(CultureInfo.InvariantCulture,
        $"PRAGMA busy_timeout={LongestTidyingMilliseconds}; PRAGMA wal_checkpoint(TRUNCATE); PRAGMA busy_timeout={(long)busyTimeout.TotalMilliseconds}");

    private long? _vainAt;

    /// <summary>Microsoft.Data.Sqlite begins non-deferred transactions as BEGIN IMMEDIATE.</summary>
    public override IsolationLevel Isolation => IsolationLevel.Serializable;

    public override void Use(DbContextOptionsBuilder builder) => builder.UseSqlite(connectionString).AddInterceptors(_settings);

    public override bool HasOneWriter => true;

    /// <summary>
    /// Begins a large write-ahead log anew. SQLite's own checkpoints copy it, but under load some reader is always in the middle of it:
    /// then it only grows, every read looks through all of it, and every commit copies again. So the writer waits for the readers a moment;
    /// where that was in vain, not again for a minute. Only the one writer calls it.
    /// </summary>
    public override async Task TidyAsync(SupportDbContext db)
    {
        if (_vainAt is { } at && time.GetElapsedTime(at) < AfterVain) return;
        var connection = db.Database.GetDbConnection();
        if (new FileInfo(connection.DataSource + "-wal") is not { Exists: true, Length: > LargeLog }) return;
        // Not kept: SQLite sets the timeout while it compiles the statement.
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Numbers are the only parts that are not constant.
        command.CommandText = _tidying;
#pragma warning restore CA2100
        await using var results = await command.ExecuteReaderAsync();
        var isInVain = false;
        do
        {
            // The checkpoint's row alone has three columns; the first says whether it was kept from it.
            if (results.FieldCount == 3 && await results.ReadAsync()) isInVain = results.GetInt32(0) != 0;
        }
        while (await results.NextResultAsync());
        _vainAt = isInVain ? time.GetTimestamp() : null;
    }

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
