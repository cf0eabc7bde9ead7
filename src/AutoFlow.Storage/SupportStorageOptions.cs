namespace AutoFlow.Storage;

/// <summary>Where the support data is. Exactly one of <see cref="Folder"/> and <see cref="ConnectionString"/> is set.</summary>
public sealed class SupportStorageOptions
{
    /// <summary>The folder of <c>support.db</c>; made when missing.</summary>
    public string? Folder { get; set; }

    /// <summary>A Microsoft.Data.Sqlite connection string, for a file of another name.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How long one try waits for another process's write.</summary>
    public TimeSpan BusyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    internal string ToConnectionString() => (Folder, ConnectionString) switch
    {
        ({ Length: > 0 } folder, null) => new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(folder, "support.db"),
        }.ToString(),
        (null, { Length: > 0 } text) => text,
        _ => throw new InvalidOperationException("Support storage needs a folder or a connection string, and not both."),
    };
}
