using System.Data;
using System.Data.Common;
using System.Globalization;
using AutoFlow.Storage.Postgres;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace AutoFlow.Storage;

/// <summary>
/// Statements for what every message needs: one text for both databases, in the context's transaction, without a query to translate
/// each time. Values are written as the model writes them (<see cref="SupportDbContext"/>): times, amounts and names of enums as text.
/// </summary>
internal sealed class SupportSql(SupportDbContext db)
{
    private readonly Dictionary<string, DbCommand> _kept = new(StringComparer.Ordinal);

    /// <summary>Keeps statements prepared; only for a context whose connection stays open and is its own.</summary>
    public bool KeepsStatements { get; set; }

    /// <summary>What makes a SELECT hold the row until the transaction ends; empty where only one writes anyway.</summary>
    public string ForUpdate => IsPostgres ? " FOR UPDATE" : "";

    private bool IsPostgres { get; } = db.Database.IsNpgsql();

    /// <summary>Runs a statement; gives the number of rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] values) =>
        RunAsync(sql, values, command => command.ExecuteNonQueryAsync(ct), ct);

    /// <summary>The first row; the type's default when there is none.</summary>
    public Task<T?> FirstAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] values) => RunAsync(
        sql,
        values,
        async command =>
        {
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, ct);
            return await reader.ReadAsync(ct) ? read(reader) : default;
        },
        ct);

    /// <summary>Whether there is a row.</summary>
    public Task<bool> AnyAsync(string sql, CancellationToken ct, params (string Name, object? Value)[] values) => FirstAsync(sql, static _ => true, ct, values);

    /// <summary>All rows.</summary>
    public Task<List<T>> ListAsync<T>(string sql, Func<DbDataReader, T> read, CancellationToken ct, params (string Name, object? Value)[] values) => RunAsync(
        sql,
        values,
        async command =>
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(CommandBehavior.SingleResult, ct);
            while (await reader.ReadAsync(ct)) rows.Add(read(reader));
            return rows;
        },
        ct);

    /// <summary>Lets the statements go, before the context goes back to its pool.</summary>
    public void Forget()
    {
        foreach (var command in _kept.Values) command.Dispose();
        _kept.Clear();
        KeepsStatements = false;
    }

    private async Task<T> RunAsync<T>(string sql, (string Name, object? Value)[] values, Func<DbCommand, Task<T>> run, CancellationToken ct)
    {
        var connection = db.Database.GetDbConnection();
        if (connection.State != ConnectionState.Open) await db.Database.OpenConnectionAsync(ct);
        var command = Command(connection, sql, values);
        try
        {
            command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
            return await run(command);
        }
        finally
        {
            if (KeepsStatements) command.Transaction = null;
            else await command.DisposeAsync();
        }
    }

    private DbCommand Command(DbConnection connection, string sql, (string Name, object? Value)[] values)
    {
        if (_kept.TryGetValue(sql, out var kept))
        {
            for (var i = 0; i < values.Length; i++) kept.Parameters[i].Value = Written(values[i].Value);
            return kept;
        }

        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this assembly come here.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, Written(value));
            // Every column that may be null and is written here is a text; PostgreSQL wants to know.
            if (value is null && IsPostgres) parameter.DbType = DbType.String;
            command.Parameters.Add(parameter);
        }

        if (KeepsStatements) _kept.Add(sql, command);
        return command;
    }

    private object Written(object? value) => value switch
    {
        null => DBNull.Value,
        string text => IsPostgres ? PostgresText.Of(text) : text,
        DateTimeOffset time => UtcText.Write(time),
        Enum name => name.ToString(),
        decimal amount => amount.ToString(CultureInfo.InvariantCulture),
        _ => value,
    };
}

/// <summary>Columns as the model writes them.</summary>
internal static class SupportColumns
{
    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static DateTimeOffset Time(this DbDataReader row, int column) => UtcText.Read(row.GetString(column));

    public static DateTimeOffset? TimeOrNull(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.Time(column);

    public static T Name<T>(this DbDataReader row, int column) where T : struct, Enum => Enum.Parse<T>(row.GetString(column));
}
