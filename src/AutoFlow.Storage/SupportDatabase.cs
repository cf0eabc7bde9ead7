using System.Data.Common;
using System.Globalization;
using AutoFlow.Storage.Schema;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AutoFlow.Storage;

/// <summary>Makes the support database ready; called once at start, before anything reads or writes.</summary>
public sealed class SupportDatabase
{
    private readonly IDbContextFactory<SupportDbContext> contexts;
    private readonly Dialect dialect;
    private readonly TimeProvider clock;
    private readonly IReadOnlyList<SchemaScript> scripts;

    internal SupportDatabase(IDbContextFactory<SupportDbContext> contexts, Dialect dialect, TimeProvider clock, IReadOnlyList<SchemaScript>? scripts = null) =>
        (this.contexts, this.dialect, this.clock, this.scripts) = (contexts, dialect, clock, scripts ?? SchemaScript.All);

    /// <summary>
    /// Creates the folder and the file where they are missing and applies the schema scripts that it has not seen, all in one
    /// transaction. Safe to call from many processes at once. Throws <see cref="SupportDatabaseException"/> when the database
    /// was made by a version whose scripts differ, and when a server is not there or does not let us in. One that a newer version
    /// brought further will do: scripts only add.
    /// </summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        var tries = new Tries(clock);
        while (true)
        {
            TimeSpan wait;
            try
            {
                await OnceAsync(ct);
                return;
            }
            // Nothing is lost by running a script's transaction again: it was kept whole, and is known then, or not at all.
            catch (Exception exception) when (!ct.IsCancellationRequested && dialect.AgainAfter(exception, tries, committing: false) is { } after)
            {
                wait = after;
            }
            catch (Exception exception) when (dialect.WhyUnusable(exception) is { Line: var line })
            {
                throw new SupportDatabaseException(line, exception);
            }

            if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, ct);
        }
    }

    private async Task OnceAsync(CancellationToken ct)
    {
        await using var db = await contexts.CreateDbContextAsync(ct);
        await dialect.OpenAsync(db.Database.GetDbConnection(), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(dialect.Isolation, ct);
        await dialect.LockSchemaAsync(db, ct);
        await ApplyAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task ApplyAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await RunAsync(connection, transaction, """
            CREATE TABLE IF NOT EXISTS schema_versions (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL)
            """, [], ct);
        var applied = await AppliedAsync(connection, transaction, ct);
        foreach (var script in scripts)
        {
            if (applied.TryGetValue(script.Number, out var hash))
            {
                if (hash != script.Hash)
                    throw new SupportDatabaseException($"Schema script {script.Name} was changed after it was applied to this database.");
                continue;
            }
            await RunAsync(connection, transaction, script.Sql, [], ct);
            await RunAsync(connection, transaction, "INSERT INTO schema_versions (number, name, hash, applied_at) VALUES (@number, @name, @hash, @at)",
                [("@number", script.Number), ("@name", script.Name), ("@hash", script.Hash), ("@at", UtcText.Write(clock.GetUtcNow()))], ct);
        }
    }

    private static async Task<Dictionary<int, string>> AppliedAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await using var command = Command(connection, transaction, "SELECT number, hash FROM schema_versions", []);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var applied = new Dictionary<int, string>();
        while (await reader.ReadAsync(ct))
            applied.Add(Convert.ToInt32(reader.GetValue(0), CultureInfo.InvariantCulture), reader.GetString(1));
        return applied;
    }

    private static async Task RunAsync(DbConnection connection, DbTransaction transaction, string sql, (string Name, object Value)[] values, CancellationToken ct)
    {
        await using var command = Command(connection, transaction, sql, values);
        await command.ExecuteNonQueryAsync(ct);
    }

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string sql, (string Name, object Value)[] values)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        // A script may have much to change.
        command.CommandTimeout = 0;
#pragma warning disable CA2100 // Only the scripts of this assembly and the constants above come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
