namespace AutoFlow.Support.Training;

/// <summary>The corrections that people made: labelled examples to learn from.</summary>
public interface ICorrections
{
    /// <summary>Keeps a person's last word on a message; what was there before is replaced. The same again (label, who, note) changes nothing, and the stored one is returned.</summary>
    Task<Correction> KeepAsync(Correction correction, CancellationToken ct);

    /// <summary>Erases the correction of a message with its text; false when there is none.</summary>
    Task<bool> TakeBackAsync(string inboxId, CancellationToken ct);

    /// <summary>The correction of a message, or null.</summary>
    Task<Correction?> FindAsync(string inboxId, CancellationToken ct);

    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<Correction>> ListAsync(int skip, int take, CancellationToken ct);

    /// <summary>Every correction, oldest first.</summary>
    Task<IReadOnlyList<Correction>> AllAsync(CancellationToken ct);

    /// <summary>How many have a higher <see cref="Correction.Number"/>.</summary>
    Task<int> CountAfterAsync(long number, CancellationToken ct);
}
