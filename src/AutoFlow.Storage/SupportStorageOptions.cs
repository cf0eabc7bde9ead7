using AutoFlow.Storage.Postgres;

namespace AutoFlow.Storage;

/// <summary>Where the support data is. Exactly one of <see cref="Folder"/>, <see cref="ConnectionString"/> and <see cref="Postgres"/> is set.</summary>
public sealed class SupportStorageOptions
{
    /// <summary>The folder of <c>support.db</c>; made when missing.</summary>
    public string? Folder { get; set; }

    /// <summary>A Microsoft.Data.Sqlite connection string, for a file of another name.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>A PostgreSQL server, where several processes share the data.</summary>
    public PostgresOptions? Postgres { get; set; }

    /// <summary>SQLite: how long one try waits for another process's write.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>For SQLite; null with <see cref="Postgres"/>.</summary>
    internal string? ToConnectionString() => (Folder, ConnectionString, Postgres) switch
    {
        ({ Length: > 0 } folder, null, null) => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "support.db"),
        }.ToString(),
        (null, { Length: > 0 } text, null) => text,
        (null, null, not null) => null,
        _ => throw new InvalidOperationException("Support storage needs one of a folder, a connection string and a PostgreSQL server."),
    };
}
