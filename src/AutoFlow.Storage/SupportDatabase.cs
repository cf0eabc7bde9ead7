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
    private readonly SupportStorageOptions options;
    private readonly TimeProvider clock;

    internal SupportDatabase(IDbContextFactory<SupportDbContext> contexts, SupportStorageOptions options, TimeProvider clock) =>
        (this.contexts, this.options, this.clock) = (contexts, options, clock);

    /// <summary>
    /// Creates the folder and the file where they are missing and applies the schema scripts that it has not seen, all in one
    /// transaction. Safe to call from two processes at once. Throws <see cref="InvalidOperationException"/> when the database
    /// was made by a newer version, or by one whose scripts differ.
    /// </summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        if (options.Folder is { } folder)
            Directory.CreateDirectory(folder);
        await using var db = await contexts.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        await SqliteSettings.UseWriteAheadLogAsync(db.Database.GetDbConnection(), ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await ApplyAsync(db.Database.GetDbConnection(), transaction.GetDbTransaction(), ct);
        await transaction.CommitAsync(ct);
    }

    private async Task ApplyAsync(DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        await RunAsync(connection, transaction, """
            CREATE TABLE IF NOT EXISTS schema_versions (number INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL, applied_at TEXT NOT NULL)
            """, [], ct);
        var applied = await AppliedAsync(connection, transaction, ct);
        if (applied.Keys.FirstOrDefault(number => number > SchemaScript.All.Count) is > 0 and var newer)
            throw new InvalidOperationException($"The support database has schema {newer}, this version knows {SchemaScript.All.Count}: it was made by a newer version.");
        foreach (var script in SchemaScript.All)
        {
            if (applied.TryGetValue(script.Number, out var hash))
            {
                if (hash != script.Hash)
                    throw new InvalidOperationException($"Schema script {script.Name} was changed after it was applied to this database.");
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
