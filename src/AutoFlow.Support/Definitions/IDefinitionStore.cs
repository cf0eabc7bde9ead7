namespace AutoFlow.Support.Definitions;

/// <summary>A published definition. Its text never changes, so that an instance pinned to it replays the same for ever.</summary>
/// <param name="Hash">Of the text; lower-case hex. What instances are pinned to.</param>
/// <param name="Namespace">OWS 1.0.3 <c>document.namespace</c>.</param>
/// <param name="Name">OWS 1.0.3 <c>document.name</c>.</param>
/// <param name="Version">OWS 1.0.3 <c>document.version</c> (semantic version).</param>
/// <param name="Text">The YAML as published.</param>
/// <param name="PublishedAt">UTC.</param>
public sealed record PublishedDefinition(string Hash, string Namespace, string Name, string Version, string Text, DateTimeOffset PublishedAt);

/// <summary>Every definition that was ever published: instances that still run may need an old one.</summary>
public interface IDefinitionStore
{
    /// <summary>
    /// Stores a definition once. The same hash again returns the stored one. Fails with <c>version-taken</c> when namespace,
    /// name and version are published already with another hash: a changed text needs a new version.
    /// </summary>
    Task<Result<PublishedDefinition>> PublishAsync(string hash, string @namespace, string name, string version, string text, CancellationToken ct);

    /// <summary>Oldest first.</summary>
    Task<IReadOnlyList<PublishedDefinition>> AllAsync(CancellationToken ct);

    /// <summary>The definition, or null when that hash was never published.</summary>
    Task<PublishedDefinition?> FindAsync(string hash, CancellationToken ct);
}
