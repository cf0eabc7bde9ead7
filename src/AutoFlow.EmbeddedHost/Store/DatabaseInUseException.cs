namespace AutoFlow.EmbeddedHost.Store;

/// <summary>Another process, or another <see cref="HostDatabase"/> of this one, holds the file.</summary>
public sealed class DatabaseInUseException : IOException
{
    /// <summary>Names the file and the holder.</summary>
    /// <param name="path">The database file.</param>
    /// <param name="holderPid">The holder's process id; null when it could not be read.</param>
    public DatabaseInUseException(string path, int? holderPid)
        : base($"The database '{path}' is in use by {(holderPid is { } pid ? $"process {pid}" : "another process")}. Stop that process, or give this one another data folder.")
        => HolderPid = holderPid;

    /// <summary>The holder's process id; null when it could not be read.</summary>
    public int? HolderPid { get; }
}
