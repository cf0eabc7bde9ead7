using System.Data;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace AutoFlow.Storage;

/// <summary>What differs between SQLite and PostgreSQL. Everything else of the storage is one text for both.</summary>
internal abstract class Dialect
{
    /// <summary>What is to be done now and then between two transactions of a database with one writer.</summary>
    public virtual Task TidyAsync(SupportDbContext db) => Task.CompletedTask;

    /// <summary>Of every transaction that writes.</summary>
    public abstract IsolationLevel Isolation { get; }

    public abstract void Use(DbContextOptionsBuilder builder);

    /// <summary>True for a database that lets one writer in: this process's writes share transactions, and connections stay open, since opening one costs more than a read.</summary>
    public abstract bool HasOneWriter { get; }

    /// <summary>How long to wait before the transaction is tried again; null when it is not to be. Asked once after each try.</summary>
    /// <param name="tries">The tries before this one, which is counted.</param>
    /// <param name="committing">True when the commit had been sent.</param>
    public abstract TimeSpan? AgainAfter(Exception exception, Tries tries, bool committing);

    /// <summary>How long to wait before a read is tried again; null when it is not to be. Asked once after each try.</summary>
    public abstract TimeSpan? ReadAgainAfter(Exception exception, Tries tries);

    /// <summary>Makes the file or the connection fit for use; before any transaction.</summary>
    public abstract Task OpenAsync(DbConnection connection, CancellationToken ct);

    /// <summary>Keeps other processes from changing the schema until the transaction ends.</summary>
    public abstract Task LockSchemaAsync(SupportDbContext db, CancellationToken ct);

    /// <summary>Why the database cannot be used at all; null for a mistake of ours.</summary>
    public abstract Unusable? WhyUnusable(Exception exception);
}

/// <summary>Why the database cannot be used, without secrets.</summary>
/// <param name="Short">For whoever asks whether it can: names no server and nobody.</param>
/// <param name="Line">For the operator, with the server and the role.</param>
internal sealed record Unusable(string Short, string Line);
