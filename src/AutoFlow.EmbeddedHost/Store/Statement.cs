using System.Buffers;
using System.Text;
using SQLitePCL;

namespace AutoFlow.EmbeddedHost.Store;

/// <summary>
/// A prepared statement that is kept and used again: the hot paths bind UTF-8 and integers directly, without a command and its parameter
/// objects. Each use binds all parameters: those of the last are still there. For one thread at a time, as its connection is.
/// </summary>
internal sealed class Statement : IDisposable
{
    /// <summary>From how many bytes on a value is given back at once instead of by the next that takes its place.</summary>
    private const int Large = 64 * 1024;

    private const int OnStack = 512;
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private bool _holdsLarge;

    /// <summary>Prepares it.</summary>
    /// <exception cref="Microsoft.Data.Sqlite.SqliteException">The text is not valid here.</exception>
    public Statement(sqlite3 database, string sql)
    {
        _database = database;
        Check(raw.sqlite3_prepare_v3(database, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement));
    }

    /// <summary>Binds the parameter of a number, from 1.</summary>
    public Statement Bind(int parameter, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, parameter, value));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int parameter, long? value) => value is { } number ? Bind(parameter, number) : BindNull(parameter);

    /// <summary>Binds UTF-8 text.</summary>
    public Statement Bind(int parameter, ReadOnlySpan<byte> utf8)
    {
        _holdsLarge |= utf8.Length >= Large;
        Check(raw.sqlite3_bind_text(_statement, parameter, utf8));
        return this;
    }

    /// <inheritdoc cref="Bind(int, long)"/>
    public Statement Bind(int parameter, string? value)
    {
        if (value is null)
            return BindNull(parameter);
        if (value.Length == 0)
        {
            // An empty span has no address, which would be NULL.
            Check(raw.sqlite3_bind_text(_statement, parameter, value));
            return this;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (most <= OnStack)
        {
            Span<byte> few = stackalloc byte[OnStack];
            return Bind(parameter, few[..Encoding.UTF8.GetBytes(value, few)]);
        }

        var many = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            return Bind(parameter, many.AsSpan(0, Encoding.UTF8.GetBytes(value, many)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(many);
        }
    }

    /// <summary>Runs a statement that gives no rows, and makes it ready for the next time.</summary>
    public void Run()
    {
        var code = raw.sqlite3_step(_statement);
        Reset();
        if (code is not raw.SQLITE_DONE and not raw.SQLITE_ROW)
            Check(code);
    }

    /// <summary>Goes to the next row; false after the last, and the statement is ready for the next time.</summary>
    public bool Read()
    {
        var code = raw.sqlite3_step(_statement);
        if (code == raw.SQLITE_ROW)
            return true;
        Reset();
        if (code != raw.SQLITE_DONE)
            Check(code);
        return false;
    }

    /// <summary>Leaves the rest of the rows, and makes it ready for the next time.</summary>
    public void Reset()
    {
        _ = raw.sqlite3_reset(_statement);
        if (!_holdsLarge)
            return;
        _ = raw.sqlite3_clear_bindings(_statement);
        _holdsLarge = false;
    }

    /// <summary>An integer column, from 0.</summary>
    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    /// <inheritdoc cref="Int64(int)"/>
    public int Int32(int column) => raw.sqlite3_column_int(_statement, column);

    /// <summary>True where the column is NULL.</summary>
    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    /// <summary>A text column; null for NULL.</summary>
    public string? Text(int column) => IsNull(column) ? null : raw.sqlite3_column_text(_statement, column).utf8_to_string();

    /// <summary>A text column as UTF-8. Valid until the next row.</summary>
    public ReadOnlySpan<byte> Utf8(int column) => raw.sqlite3_column_blob(_statement, column);

    public void Dispose() => _statement.Dispose();

    private Statement BindNull(int parameter)
    {
        Check(raw.sqlite3_bind_null(_statement, parameter));
        return this;
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            Microsoft.Data.Sqlite.SqliteException.ThrowExceptionForRC(code, _database);
    }
}
