namespace AutoFlow.EmbeddedHost.Store;

/// <summary>How a <see cref="HostDatabase"/> writes.</summary>
public sealed record HostDatabaseOptions
{
    /// <summary>Whether each commit waits until the disk has it (SQLite's <c>synchronous=FULL</c>); otherwise a power cut may lose the last commits, a process kill never does.</summary>
    public bool FullSync { get; init; } = true;

    /// <summary>The greatest number of writes that share one commit.</summary>
    public int MaxWritesPerCommit { get; init; } = 256;

    /// <summary>
    /// Called on the writer thread before each attempt to commit, with the commit's number and the attempt's, both from 1. What it throws
    /// counts as the disk's refusal. For tests.
    /// </summary>
    public Action<long, int>? Committing { get; init; }

    /// <summary>
    /// Called on the writer thread after a commit is durable and before its callers learn of it, with the number of commits so far.
    /// When it throws, the database takes no more writes: to the callers it looks like a crash at that point. For tests.
    /// </summary>
    public Action<long>? Committed { get; init; }
}
