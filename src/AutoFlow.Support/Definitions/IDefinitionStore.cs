namespace AutoFlow.Support.Definitions;

/// <summary>Every definition that was ever published: instances that still run may need an old one.</summary>
public interface IDefinitionStore
{
    /// <summary>Stores definitions once, all in one go or none; a changed content needs a new version.</summary>
    Task<Publications> PublishAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct);

    /// <summary>What <see cref="PublishAsync"/> would do, without doing it: of what is new nothing is stored.</summary>
    /// <returns>Those that are refused.</returns>
    Task<IReadOnlyList<NewDefinition>> TakenAsync(IReadOnlyList<NewDefinition> definitions, CancellationToken ct);

    /// <summary>The definitions published after a number, oldest first; all of them after 0.</summary>
    Task<IReadOnlyList<PublishedDefinition>> AfterAsync(long number, CancellationToken ct);

    /// <summary>The definition, or null when that hash was never published.</summary>
    Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct);

    /// <summary>
    /// As <see cref="FindAsync"/>, on the caller's thread: an orchestrator may wait for nothing but what its context gives, and what
    /// is found by its content's hash is the same at every replay.
    /// </summary>
    PublishedDefinition? Find(string hash);
}
